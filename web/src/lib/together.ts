// Two people write the same thing at once: what only one of them changed stands, and what both changed is shown to be chosen.

export type Parts = Record<string, unknown>

export const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** Whether each part is the same; one that is not there is the same as one that has nothing in it. */
export const alike = (one: Parts, other: Parts): boolean =>
  Object.keys({ ...one, ...other }).every((name) => same(one[name], other[name]))

/** `both`: names of the parts that each changed in their own way. Of these, `parts` has mine. */
export function merged<T extends Parts>(was: T, mine: T, theirs: T): { parts: T; both: string[] } {
  const parts: Parts = {}
  const both: string[] = []
  for (const name of Object.keys({ ...was, ...mine, ...theirs })) {
    const [before, here, there] = [was[name], mine[name], theirs[name]]
    const touched = !same(here, before) && !same(here, there)
    if (touched && !same(there, before)) both.push(name)
    parts[name] = touched ? here : there
  }
  return { parts: parts as T, both }
}
