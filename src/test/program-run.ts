import { password } from './app.ts'
import type { Program } from './program.ts'

const seed = {
  reset: true,
  accounts: [{ name: 'Acme', users: [{ email: 'owner@acme.test', password, roles: ['owner'] }] }],
}

const chunk = 50

/** Answers the body of a POST that must succeed. */
export const made = async (program: Program, path: string, body: unknown): Promise<any> => {
  const answer = await program.call('POST', path, body)
  if (answer.status < 200 || answer.status > 202) {
    throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
  }
  return answer.body
}

/** An account with people, a relay on loopback as its route and a campaign ready to start; answers the campaign's id. */
export const prepareRun = async (
  program: Program,
  relayPort: number,
  recipients: number,
): Promise<string> => {
  await made(program, '/test/seed', seed)
  await program.signIn('owner@acme.test')
  const group = await made(program, '/groups', { name: 'Everybody' })
  for (let from = 0; from < recipients; from += chunk) {
    const people = Array.from({ length: Math.min(chunk, recipients - from) }, (_, n) => from + n)
    await Promise.all(
      people.map((n) =>
        made(program, '/contacts', {
          email: `person${n}@example.org`,
          first_name: `P${n}`,
          groups_add: [group.id],
        }),
      ),
    )
  }
  const provider = await made(program, '/sending/providers', {
    channel: 'email',
    kind: 'smtp',
    name: 'Relay',
    config: { host: '127.0.0.1', port: relayPort, tls: 'none' },
  })
  const routes = await program.call('GET', '/sending/routes')
  const route = routes.body.data.find((candidate: { channel: string }) => candidate.channel === 'email')
  await program.call('PATCH', `/sending/routes/${route.id}`, { providers: [{ provider_id: provider.id }] })
  const campaign = await made(program, '/campaigns', {
    channel: 'email',
    name: 'Spring',
    content: {
      subject: 'Hello {{ contact.first_name }}',
      html: '<p>Hello {{ contact.first_name }}</p><a href="https://example.org/x">x</a>',
    },
    audience: { group_ids: [group.id] },
  })
  return campaign.id
}

export const accountingOver = async (program: Program, id: string) =>
  (await program.call('GET', `/campaigns/${id}/accounting`)).body
