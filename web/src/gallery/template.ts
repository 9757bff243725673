// What the server's pages say, taken from their templates and said in the gallery's language.

import asking from '../../templates/asking.html?raw'
import { t } from '../lib/tongue'

const FIELDS = /%}([^]*){%/.exec(asking)![1]!

/** The main part of a page as it would be sent. */
export function pageOf(template: string): string {
  return /<main>([^]*?)<noscript>/
    .exec(template)![1]!
    .replace('{{ asking() }}', FIELDS)
    .replace(/{%[^]*?%}/g, '')
    .replace(/{{ tagged\(_\("(.*?)"\), b=["'](.*?)["']\) }}/g, (_, words: string, more: string) =>
      t(words).replace('<b>', `<b ${more}>`),
    )
    .replace(/{{ _\("(.*?)"\) }}/g, (_, words: string) => t(words))
}
