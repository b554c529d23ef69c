import { expect, test } from 'vitest'
import { toAddresses, toConfig, usualTls, type Values } from './provider-form.ts'

const values: Values = {
  name: 'Relay',
  host: ' smtp.example.com ',
  port: '587',
  tls: 'starttls',
  username: 'relay',
  password: '',
  ehlo_name: '',
  enabled: true,
  source_addresses: '',
  shape_by_receiver: false,
  per_second: '',
  per_minute: '',
  per_hour: '',
  per_day: '',
  concurrent: '',
}

test.each([
  [465, 'tls'],
  [587, 'starttls'],
  ['25', 'starttls'],
  [2525, 'starttls'],
  [2526, null],
  ['', null],
])('port %s usually means %s', (port, tls) => {
  expect(usualTls(port)).toBe(tls)
})

test('an empty password field keeps the saved password', () => {
  expect(toConfig(values)).toEqual({
    host: 'smtp.example.com',
    port: 587,
    tls: 'starttls',
    username: 'relay',
    ehlo_name: null,
  })
})

test('a password is sent as typed, blanks included', () => {
  expect(toConfig({ ...values, password: ' secret ' })).toMatchObject({ password: ' secret ' })
})

test('without a login the saved password goes too', () => {
  expect(toConfig({ ...values, username: ' ' })).toMatchObject({ username: null, password: null })
})

test('source addresses may be typed in lines or with commas', () => {
  expect(toAddresses(' 192.0.2.1, 192.0.2.2\n2001:db8::1 ')).toEqual([
    '192.0.2.1',
    '192.0.2.2',
    '2001:db8::1',
  ])
  expect(toAddresses('')).toEqual([])
})
