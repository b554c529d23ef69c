import { expect, test } from 'vitest'
import { pathOfPointer } from './pointer.ts'

test.each([
  ['/name', 'name'],
  ['/settings/port', 'settings.port'],
  ['/fields/0/value', 'fields.0.value'],
  ['/fields/a~1b~0c', 'fields.a/b~c'],
  ['', ''],
])('the pointer %s names the form field %s', (pointer, path) => {
  expect(pathOfPointer(pointer)).toBe(path)
})
