// A question that was asked: what it is about, and what is said of a round that does not count.

import type { LiveBoard } from './board.svelte'
import { listed } from './names'
import type { SafetyPromptSeen, ScaleSeen } from './protocol'
import { t } from './tongue'

/** One calm line, the same on every screen. */
export function setAside(scale: ScaleSeen): string {
  const why = scale.voided_why ?? ''
  return `${t('We set this round aside.')} ${why}${why && !/[.!?…]$/.test(why) ? '.' : ''}`.trim()
}

/** "A number stands at 2 or below." */
export function lineReached({ at_or_below, at_or_above }: SafetyPromptSeen): string {
  return at_or_above === undefined
    ? t('A number stands at {n} or below.', { n: at_or_below })
    : t('A number stands at {n} or above.', { n: at_or_above })
}

/** "About Tansy." where it is not about all the children; or the danger that it is about. */
export function aboutQuestion(board: LiveBoard, scale: ScaleSeen): string {
  const danger = board.dangers.find((one) => one.id === scale.danger_id)
  if (danger) return t('About: {text}', { text: danger.text })
  const some = scale.children.length > 0 && scale.children.length < board.children.length
  return some ? t('About {names}.', { names: listed(board.inPlace(scale.children).map((id) => board.short(id))) }) : ''
}
