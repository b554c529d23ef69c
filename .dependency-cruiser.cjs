/** Imports flow one way (STYLE.md): lib < db, http, jobs < features < the files at the top of src. */

const ground = ['lib', 'db', 'http', 'jobs']
/** Each may use those before it. */
const features = [
  'accounts',
  'instance-guard',
  'audit',
  'system-stream',
  'live',
  'approvals',
  'security',
  'operator',
  'operations',
  'webhooks',
  'audit-exports',
  'contacts',
  'content',
  'simulator',
  'sender-domains',
  'providers',
  'senders',
  'messages',
  'campaigns',
  'tracking',
  'inbound',
  'scenarios',
  'reports',
  'demo',
  'openapi',
  'test-support',
  'instance',
  'drill',
]
const tests = '\\.test\\.tsx?$|(^|/)test/'
const inside = (names) => `^src/(${names.join('|')})/`

const downward = features.slice(0, -1).map((feature, index) => ({
  name: 'features-downward',
  comment:
    'A feature uses only features that stand before it in the list; news travels upward as rows and jobs.',
  severity: 'error',
  from: { path: inside([feature]), pathNot: tests },
  to: { path: inside(features.slice(index + 1)) },
}))

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Type imports count too.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'feature-through-index',
      comment: 'Another feature is known by its index.ts and its contracts alone.',
      severity: 'error',
      from: { path: '^src/([^/]+)/', pathNot: tests },
      to: {
        path: inside([...features, 'jobs']),
        pathNot: ['^src/$1/', '/index\\.ts$', 'contract\\.ts$'],
      },
    },
    {
      name: 'channels-are-leaves',
      comment: 'An adapter sees neither a feature nor the database.',
      severity: 'error',
      from: { path: '^src/channels/', pathNot: tests },
      to: { path: '^src/', pathNot: ['^src/(channels|lib)/', 'contract\\.ts$'] },
    },
    {
      name: 'console-only-contracts',
      comment: 'The browser gets the shapes of the API and nothing else of the server.',
      severity: 'error',
      from: { path: '^console/', pathNot: tests },
      to: { path: '^src/', pathNot: 'contract\\.ts$' },
    },
    {
      name: 'contract-is-pure',
      comment: 'A contract drags nothing into the browser.',
      severity: 'error',
      from: { path: '^src/.*contract\\.ts$' },
      to: { pathNot: ['contract\\.ts$', '^node_modules/typebox/'] },
    },
    {
      name: 'lib-knows-no-product',
      comment: 'lib has no word of the domain.',
      severity: 'error',
      from: { path: '^src/lib/', pathNot: tests },
      to: { path: '^src/', pathNot: '^src/lib/' },
    },
    {
      name: 'ground-below-features',
      severity: 'error',
      from: { path: inside(ground), pathNot: tests },
      to: { path: inside(features) },
    },
    {
      name: 'nothing-above-imports-the-top',
      comment: 'app, worker and main compose; nobody below knows them. config.ts alone is for all.',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: tests },
      to: { path: '^src/[^/]+\\.ts$', pathNot: '^src/config[a-z-]*\\.ts$' },
    },
    {
      name: 'every-feature-has-its-place',
      comment: 'A new folder of src is entered in the list above.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^src/[^/]+/', pathNot: [inside([...ground, ...features, 'channels', 'test'])] },
    },
    ...downward,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
