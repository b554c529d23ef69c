import { expect, test } from 'vitest'
import { chooseRoutes } from './choice.ts'
import type { RouteRow } from './queries.ts'

let n = 0
const route = (given: Partial<RouteRow>): RouteRow => {
  n += 1
  const bare = { receiving_domain: null, sender_id: null, traffic: 'any' }
  return { ...bare, id: String(n), ...given } as RouteRow
}

test('the sender comes first, then the domain, then the kind of traffic', () => {
  const all = route({})
  const campaign = route({ traffic: 'campaign' })
  const domain = route({ receiving_domain: 'acme.test' })
  const domainCampaign = route({ receiving_domain: 'acme.test', traffic: 'campaign' })
  const sender = route({ sender_id: 's' })
  const both = route({ sender_id: 's', receiving_domain: 'both.test' })
  expect(chooseRoutes([all]).main).toBe(all)
  expect(chooseRoutes([all, campaign]).main).toBe(campaign)
  const plain = chooseRoutes([all, campaign, domain, domainCampaign])
  expect(plain.main).toBe(campaign)
  expect(plain.byDomain.get('acme.test')).toBe(domainCampaign)
  const withSender = chooseRoutes([all, domain, sender, both])
  expect(withSender.main).toBe(sender)
  expect(withSender.byDomain.has('acme.test')).toBe(false)
  expect(withSender.byDomain.get('both.test')).toBe(both)
})

test('a domain alone is no way for the others', () => {
  expect(chooseRoutes([route({ receiving_domain: 'acme.test' })]).main).toBeNull()
})
