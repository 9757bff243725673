// Words of the trade that a family is most likely to meet on the board, in everyday words. Nobody's words are changed: such
// a word is dotted, and says what it means when it is touched.

export interface Piece {
  text: string
  /** Where it is such a word. */
  meaning?: string
}

const MEANINGS: readonly (readonly [string, string])[] = [
  ['child protection plan|CP plan', 'A plan to keep a child safe. Everyone who works on it has to do their part.'],
  ['child in need plan|child in need|CIN', 'Extra help that the family agrees to.'],
  ['section 47(?: enquiry| enquiries)?|s47', 'Checks that are made when a child may be badly hurt.'],
  ['strategy (?:discussion|meeting)', 'A first talk between the services, before this meeting.'],
  ['significant harm', 'Serious harm: a child is badly hurt, or not looked after, in body or in feelings.'],
  ['threshold', 'The test for needing this plan.'],
  ['neglect(?:ed)?', 'A child goes without something they need: food, care, or somebody watching over them.'],
  ['emotional abuse', 'Something that frightens or hurts a child inside, again and again.'],
  ['safeguarding', 'Keeping children safe.'],
  ['core group', 'The small group of people who work on the plan with you.'],
  ['risk assessment', 'Working out what might happen, and how likely it is.'],
  ['allegations?|alleged', 'What someone says happened. It is not proved.'],
  ['disclos(?:ed|ure)', 'Told someone.'],
  ['coercive control', 'One person controls another: where they go, whom they see, what they spend.'],
  ['contingency plan', 'What we do if things go wrong.'],
]

const ANY = new RegExp(`\\b(?:${MEANINGS.map(([words]) => `(${words})`).join('|')})\\b`, 'gi')

/** The text in its pieces: plain ones, and words with their everyday meaning. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = []
  let from = 0
  for (const match of text.matchAll(ANY)) {
    const which = match.slice(1).findIndex((words) => words !== undefined)
    if (match.index > from) found.push({ text: text.slice(from, match.index) })
    found.push({ text: match[0], meaning: MEANINGS[which]![1] })
    from = match.index + match[0].length
  }
  if (from < text.length) found.push({ text: text.slice(from) })
  return found
}
