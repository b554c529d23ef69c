import { expect, test } from 'vitest'
import { parseEvent } from './events.ts'

test('a message of the stream names its topic and thing', () => {
  expect(parseEvent('{"topic":"campaign","id":"7"}')).toEqual({ topic: 'campaign', id: '7' })
  expect(parseEvent('{"topic":"contact"}')).toEqual({ topic: 'contact', id: null })
})

test.each(['', 'ping', 'null', '[]', '{"id":"7"}', '{"topic":3}'])('%j is passed over', (text) => {
  expect(parseEvent(text)).toBeNull()
})
