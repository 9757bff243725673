// The wall itself: its size and whether its type has come. Whoever measures reads `drawn`, and measures again when it changes.

export class Screen {
  drawn = $state(0)

  constructor() {
    const again = () => (this.drawn += 1)
    addEventListener('resize', again)
    void document.fonts?.ready.then(again)
    document.fonts?.addEventListener?.('loadingdone', again)
  }
}
