// A family's tablet may be as old as Safari 15.0: what the build does not translate, and that one does not know.

if (!Array.prototype.at) {
  Object.defineProperty(Array.prototype, 'at', {
    value: function at(this: unknown[], index: number): unknown {
      return this[index < 0 ? this.length + index : index]
    },
    configurable: true,
    writable: true,
  })
}

export {}
