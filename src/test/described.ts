import Schema from 'typebox/schema'
import { Problem } from '../http/contract.ts'
import type { Served } from '../http/server.ts'

type Answered = {
  readonly method: string
  readonly url: string
  readonly status: number
  readonly body: unknown
}

const compiled = new Map<object, ReturnType<typeof Schema.Compile>>()
const check = (schema: object, body: unknown): string | null => {
  const known = compiled.get(schema) ?? Schema.Compile(schema as never)
  compiled.set(schema, known)
  if (known.Check(body)) return null
  return JSON.stringify(known.Errors(body)[1].slice(0, 3))
}

/**
 * Every answer a test gets is held against the contract that describes it (api.md A2): an undeclared status or another
 * shape is a fault, whatever the test itself looks at.
 */
export const checkDescribed = (served: readonly Served[], { method, url, status, body }: Answered): void => {
  const path = url.split('?')[0] ?? ''
  const contract = served.find((one) => one.method === method && one.pattern.test(path))?.contract
  if (!contract) return
  const schema = contract.reply[status] ?? (status >= 400 ? Problem : undefined)
  if (!schema)
    throw new Error(`${method} ${contract.path} answered ${status}, which its contract does not name`)
  if (status === 204 || (contract.replyType && status < 400)) return
  const fault = check(schema, body)
  if (fault) throw new Error(`${method} ${contract.path} answered ${status} in another shape: ${fault}`)
}
