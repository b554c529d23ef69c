import { expect, test } from 'vitest'
import { testCall } from './test-call.ts'

test('the call to try a key reads what its scopes allow', () => {
  const call = testCall('https://panel.example.com', 'cmp_live_x', ['suppressions.view'])
  expect(call).toBe(
    'curl "https://panel.example.com/api/v1/suppressions?limit=1" \\\n  -H "Authorization: Bearer cmp_live_x"',
  )
  expect(testCall('http://localhost', 'k', [])).toContain('/api/v1/contacts')
})
