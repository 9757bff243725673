// What the chair does not need for the first picture: it is fetched right behind it, so that it is there without a line too.

export { default as ClosePane } from './ClosePane.svelte'
export { default as CorrectionPanel } from './CorrectionPanel.svelte'
export { default as DecisionPane } from './DecisionPane.svelte'
export { default as KeysPanel } from './KeysPanel.svelte'
export { default as NumberPanel } from './NumberPanel.svelte'
export { default as RemovedPanel } from './RemovedPanel.svelte'
export { default as RespondPanel } from './RespondPanel.svelte'
export { default as RestrictedPanel } from './RestrictedPanel.svelte'
export { default as TakeOffPanel } from './TakeOffPanel.svelte'
export { default as ViewPanel } from './ViewPanel.svelte'
export { default as ViewsPane } from './ViewsPane.svelte'
export { default as WordingsPanel } from './WordingsPanel.svelte'
