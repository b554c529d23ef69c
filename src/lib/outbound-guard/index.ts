export { TargetError } from './failure.ts'
export {
  type GuardRules,
  makeOutboundGuard,
  type OutboundGuard,
  type OwnSocket,
  type VettedTarget,
} from './guard.ts'
export { canonicalHost } from './host.ts'
export { pinnedTo, type Resolve, type ResolvedAddress, systemResolve } from './lookup.ts'
export { loopbackNetworks, privateNetworks } from './networks.ts'
export { type OutboundAnswer, RequestFault, requestUrl } from './request.ts'
export { isPublicPort, type TargetKind } from './targets.ts'
