export { UserActivity } from './activity.tsx'
