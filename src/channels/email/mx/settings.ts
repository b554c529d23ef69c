import Type, { type Static } from 'typebox'

const SiteLimits = Type.Object(
  {
    connections: Type.Integer({ minimum: 1, maximum: 50 }),
    messages_per_connection: Type.Integer({ minimum: 1, maximum: 1_000 }),
  },
  { additionalProperties: false },
)

/** Direct delivery to the receivers' mail servers. */
export const MxSettings = Type.Object(
  {
    /** The provider, under whose name connections are counted over all nodes. */
    provider_id: Type.Optional(Type.String()),
    ehlo_name: Type.Optional(Type.String({ minLength: 1, maxLength: 253 })),
    /** Own addresses to come from, in turn. */
    source_addresses: Type.Optional(
      Type.Array(Type.String({ minLength: 2, maxLength: 45 }), { maxItems: 32 }),
    ),
    /** Receiving sites at once. */
    concurrent: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })),
    /** Limits by receiving domain of the messages at hand. */
    limits: Type.Optional(Type.Record(Type.String(), SiteLimits)),
  },
  { additionalProperties: false },
)
export type MxSettings = Static<typeof MxSettings>

/** What email.md §16 sets where no rule says otherwise. */
export const usualSiteLimits: Static<typeof SiteLimits> = { connections: 5, messages_per_connection: 20 }
