import { type Answer, type Client, origin } from '../../../test/app.ts'

/** Parts of the form beside the file; `name` is the file's name. */
export type Parts = Readonly<Record<string, unknown>> & { readonly name?: string }

const boundary = 'campanile-test-boundary'

const field = (name: string, value: string): Buffer =>
  Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)

/** The body a browser sends for a form with one file. */
export const formOf = (content: Buffer | string | null, parts: Parts = {}): Buffer => {
  const { name = 'people.csv', ...fields } = parts
  const file =
    content === null
      ? []
      : [
          Buffer.from(
            `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: text/csv\r\n\r\n`,
          ),
          Buffer.from(content as string),
          Buffer.from('\r\n'),
        ]
  return Buffer.concat([
    ...Object.entries(fields).map(([key, value]) =>
      field(key, typeof value === 'string' ? value : JSON.stringify(value)),
    ),
    ...file,
    Buffer.from(`--${boundary}--\r\n`),
  ])
}

export const upload = (
  client: Client,
  content: Buffer | string | null,
  parts: Parts = {},
  query = '',
): Promise<Answer> =>
  client.send({
    method: 'POST',
    url: `/api/v1/imports${query}`,
    headers: { origin, 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: formOf(content, parts),
  })

/** Asks until the import has ended; the sweep of a background worker does the work. */
export const untilEnded = async (client: Client, id: string): Promise<Answer['body']> => {
  for (let asked = 0; asked < 400; asked += 1) {
    const { body } = await client.get(`/imports/${id}`)
    if (['completed', 'failed', 'canceled'].includes(body.state)) return body
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('the import did not end')
}

/** Uploads, starts and waits; answers the ended import with its rows in order of the file. */
export const importAll = async (client: Client, content: Buffer | string, parts: Parts = {}) => {
  const started = await upload(client, content, parts, '?start=true')
  if (started.status !== 202) throw new Error(`the import was refused: ${started.raw}`)
  const ended = await untilEnded(client, started.body.id)
  const rows = await client.get(`/imports/${started.body.id}/rows?limit=1000`)
  return { ...ended, rows: rows.body.data }
}
