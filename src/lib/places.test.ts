import { expect, test } from 'vitest'
import { freeSeat, makePlacesMemory, openPlaces } from './places.ts'

const threads = (seats: number) => {
  const memory = makePlacesMemory()
  return { memory, all: Array.from({ length: seats }, (_, seat) => openPlaces({ memory, seat, seats })) }
}

test('all threads together take no more places than there are', () => {
  const { all } = threads(3)
  const taken = all.flatMap((places) => [places.take('relay', 4), places.take('relay', 4)])
  expect(taken.filter(Boolean)).toHaveLength(4)
  expect(all[0]?.take('another relay', 1)).not.toBeNull()
  taken[0]?.()
  taken[0]?.()
  expect(all[2]?.take('relay', 4)).not.toBeNull()
  expect(all[1]?.take('relay', 4)).toBeNull()
})

test('whoever waits hears of a place given back by another thread', async () => {
  const [one, other] = threads(2).all
  const giveBack = one?.take('relay', 1)
  const waiting = other?.wait('relay', 60_000)
  expect(one?.shouldGive('relay', 1)).toBe(true)
  expect(other?.shouldGive('relay', 1)).toBe(false)
  giveBack?.()
  await waiting
  expect(other?.take('relay', 1)).not.toBeNull()
  expect(one?.shouldGive('relay', 1)).toBe(false)
})

test('a thread keeps its share while others wait', async () => {
  const [one, other] = threads(2).all
  one?.take('relay', 2)
  const waiting = other?.wait('relay', 20)
  expect(one?.shouldGive('relay', 2)).toBe(false)
  one?.take('relay', 2)
  expect(one?.shouldGive('relay', 2)).toBe(true)
  await waiting
})

test('what a dead thread held is free again', () => {
  const { memory, all } = threads(2)
  all[0]?.take('relay', 1)
  expect(all[1]?.take('relay', 1)).toBeNull()
  freeSeat(memory, 0)
  expect(all[1]?.take('relay', 1)).not.toBeNull()
})
