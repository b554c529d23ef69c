import { expect, test } from 'vitest'
import { toConfig, usualTls, type Values } from './provider-form.ts'

const values: Values = {
  name: 'Relay',
  host: ' smtp.example.com ',
  port: '587',
  tls: 'starttls',
  username: 'relay',
  password: '',
  ehlo_name: '',
  enabled: true,
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
