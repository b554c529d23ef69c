import { expect, test } from 'vitest'
import { toProblem } from './problem.ts'

test('a batch of which nothing was taken keeps its results beside the refusal', () => {
  const results = { data: [{ index: 0, status: 404 }], accepted: 0, refused: 1 }
  const problem = toProblem(422, results)
  expect(problem.code).toBe('bad_request')
  expect(problem.members).toMatchObject(results)
})

test('a page of a proxy and a lost connection become problems too', () => {
  expect(toProblem(502, '<html>')).toMatchObject({ code: 'internal', status: 502 })
  expect(toProblem(0, null)).toMatchObject({ code: 'offline', status: 0 })
})
