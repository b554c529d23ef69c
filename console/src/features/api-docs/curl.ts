import { exampleOf } from './example.ts'
import type { Operation, Resolve } from './openapi.ts'

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

const isSafe = (method: string): boolean => method === 'GET'

const dataOf = ({ body }: Operation, resolve: Resolve): string[] => {
  if (body === null) return []
  if (body.type === 'multipart/form-data') return ["-F 'file=@contacts.csv'"]
  const example = JSON.stringify(exampleOf(body.schema, resolve), null, 2)
  return ["-H 'Content-Type: application/json'", `-d ${quote(example)}`]
}

const filled = (operation: Operation, resolve: Resolve): string =>
  operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const parameter = operation.parameters.find((one) => one.in === 'path' && one.name === name)
    return String(parameter === undefined ? name : exampleOf(parameter.schema, resolve, name))
  })

const queryOf = (operation: Operation, resolve: Resolve): string => {
  const must = operation.parameters.filter(({ in: place, required }) => place === 'query' && required)
  const query = new URLSearchParams(
    must.map(({ name, schema }) => [name, String(exampleOf(schema, resolve, name))]),
  ).toString()
  return query === '' ? '' : `?${query}`
}

/** A call that runs as it stands once the cookie is there. */
export const curlOf = (operation: Operation, resolve: Resolve, origin: string): string => {
  const { method, path, access } = operation
  const address = `${origin}/api/v1${filled(operation, resolve)}${queryOf(operation, resolve)}`
  const signsIn = path === '/sign-in'
  const parts = [
    `curl ${isSafe(method) ? '' : `-X ${method} `}${quote(address)}`,
    ...(signsIn ? ['-c cookies.txt'] : access === 'public' ? [] : ['-b cookies.txt']),
    ...(isSafe(method) ? [] : [`-H 'Origin: ${origin}'`, "-H 'X-Campanile-Request: 1'"]),
    ...dataOf(operation, resolve),
  ]
  return parts.join(' \\\n  ')
}
