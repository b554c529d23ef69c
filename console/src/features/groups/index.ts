export { GroupMark } from './group-mark.tsx'
export { GroupPicker, OneGroupPicker } from './group-picker.tsx'
export { useGroups } from './use-groups.ts'
