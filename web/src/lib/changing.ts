// Another language while a board is open: no reload, which would show nothing on a lent tablet. The surface is mounted anew
// over the same line, and what is being typed lies in drafts.

import { send } from '../knocking'
import { learn } from './tongue'

let anew = () => {}

/** How this page shows itself from the start. */
export function showAnewWith(show: () => void): void {
  anew = show
}

/** False where its words cannot be fetched: then everything stays as it is. */
export async function change(language: string): Promise<boolean> {
  if (!(await learn(language))) return false
  anew()
  void send('/language', { language: language.slice(0, 2) }) // this browser is asked in it from now on
  return true
}
