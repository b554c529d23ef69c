import { Client } from 'pg'

/** One connection for one piece of work, closed whatever happens. */
export const withConnection = async <T>(url: string, work: (client: Client) => Promise<T>): Promise<T> => {
  const client = new Client({ connectionString: url, application_name: 'campanile' })
  // A connection that breaks while idle reports here; the statement under way rejects by itself.
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}

/** `postgres://user@/name?host=/socket` is good to PostgreSQL, but no URL without a host. */
const parse = (url: string): URL => new URL(url.replace(/@\//, '@localhost/'))

/** The same server and database as somebody else; every further option of the URL (TLS, socket) stays. */
export const withUser = (url: string, user: string, password: string): string => {
  const changed = parse(url)
  changed.searchParams.delete('user')
  changed.searchParams.delete('password')
  if (changed.hostname) {
    changed.username = user
    changed.password = password
  } else {
    changed.searchParams.set('user', user)
    changed.searchParams.set('password', password)
  }
  return changed.href
}

export const withDatabase = (url: string, database: string): string => {
  const changed = parse(url)
  changed.pathname = `/${encodeURIComponent(database)}`
  return changed.href
}

/** Like every PostgreSQL client: without a name it is the database named like the user. */
export const databaseOf = (url: string): string => {
  const { pathname, username } = parse(url)
  return decodeURIComponent(pathname.slice(1) || username)
}

/** Every statement of this connection runs as `role`, which the URL's user must be a member of. */
export const withRole = (url: string, role: string): string => {
  const changed = parse(url)
  const others = changed.searchParams.get('options')
  changed.searchParams.set('options', `${others ? `${others} ` : ''}-c role=${role}`)
  return changed.href
}
