export { clockChannel, type Hub, openHub } from './hub.ts'
export { type Notice, notify, type Topic } from './notify.ts'
export { liveRoutes } from './routes.ts'
