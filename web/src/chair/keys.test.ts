import { describe, expect, it } from 'vitest'
import { actOf } from './keys'

const key = (key: string, more: object = {}) => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  target: document.body,
  ...more,
})

describe('the chair’s keys', () => {
  it('write, light, move and undo', () => {
    expect(actOf(key('2'))).toBe('write-strength')
    expect(actOf(key('s'))).toBe('lamp')
    expect(actOf(key('ArrowRight', { shiftKey: true }))).toBe('push-right')
    expect(actOf(key('Z', { shiftKey: true }))).toBe('redo')
    expect(actOf(key('?', { shiftKey: true }))).toBe('keys')
  })

  it('leave words alone that somebody is typing', () => {
    for (const name of ['input', 'textarea', 'select']) {
      const field = document.createElement(name)
      expect(actOf(key('s', { target: field }))).toBeNull()
    }
  })

  it('leave the browser’s own keys alone', () => {
    expect(actOf(key('p', { ctrlKey: true }))).toBeNull()
    expect(actOf(key('r', { metaKey: true }))).toBeNull()
  })

  it('can be turned off, and the arrows stay', () => {
    expect(actOf(key('s'), false)).toBeNull()
    expect(actOf(key('ArrowDown'), false)).toBe('go-down')
  })
})
