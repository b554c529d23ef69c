export { clockChannel, type Hub, openHub } from './hub.ts'
export { notify, type Topic } from './notify.ts'
export { liveRoutes } from './routes.ts'
