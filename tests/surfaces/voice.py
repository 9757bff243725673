"""A device's voice in place of the browser's own: it makes no sound, keeps what it was given, is where it is told."""

from typing import Any, Self

from tests.surfaces.seat import Seat

DEVICE = """
  window.said = []
  const voices = []
  const speech = Object.assign(new EventTarget(), {
    now: null,
    getVoices: () => voices,
    speak(one) {
      said.push([one.text, one.voice?.name ?? null])
      this.now = one
      one.onstart?.()
    },
    cancel() {
      const one = this.now
      this.now = null
      one?.onerror?.()
    },
  })
  window.voice = {
    learns(name, localService) {
      voices.push({ name, lang: 'en-GB', localService, default: !localService })
      speech.dispatchEvent(new Event('voiceschanged'))
    },
    at: (word) => speech.now.onboundary({ name: 'word', charIndex: speech.now.text.indexOf(word) }),
    now: () => speech.now?.text ?? '',
  }
  Object.defineProperty(window, 'speechSynthesis', { value: speech })
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } }
"""
# Where a word stands, and where the frame round what is said stands: left, top, right and bottom of each.
FRAMED = """(word) => {
  const walker = document.createTreeWalker(document.querySelector('.tablet'), NodeFilter.SHOW_TEXT)
  while (walker.nextNode() && !walker.currentNode.data.includes(word));
  const at = walker.currentNode.data.indexOf(word)
  const range = document.createRange()
  range.setStart(walker.currentNode, at)
  range.setEnd(walker.currentNode, at + word.length)
  const frames = [...document.querySelectorAll('.said')].map((one) => one.getBoundingClientRect())
  return [range.getBoundingClientRect(), ...frames].map(({ left, top, right, bottom }) => [left, top, right, bottom])
}"""


class Voice:
    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.page = seat.page

    @classmethod
    async def given_to(cls, seat: Seat, *, at_once: bool = True) -> Self:
        """Before anything is opened there."""
        knows = "voice.learns('Near', true)" if at_once else ""
        await seat.page.add_init_script(f"{{ {DEVICE} {knows} }}")
        return cls(seat)

    async def learns(self, name: str, *, local: bool) -> None:
        await self.page.evaluate("([name, local]) => voice.learns(name, local)", [name, local])

    async def is_asked_for(self, words: str) -> None:
        """By touch; it begins at once."""
        await self.seat.button(f"Listen: {words}").first.tap()
        assert await self.says()

    async def says(self) -> str:
        return str(await self.page.evaluate("voice.now()"))

    async def has_said(self) -> list[list[Any]]:
        """The words, and which voice."""
        said: list[list[Any]] = await self.page.evaluate("said")
        return said

    async def is_silent(self) -> None:
        await self.page.wait_for_function("() => voice.now() === ''")

    async def is_at(self, word: str) -> None:
        """And the frame is round this word, and round no other."""
        await self.page.evaluate("word => voice.at(word)", word)
        await self.frames(word)

    async def frames(self, word: str) -> None:
        await self.page.wait_for_function(
            f"""word => {{
              const [stands, frame, ...more] = ({FRAMED})(word)
              return frame && !more.length && stands.every((edge, index) => Math.abs(edge - frame[index]) < 10)
            }}""",
            arg=word,
        )
