export const domainPath = (id: string): string => `/email/settings/domains/${id}`
export const reportsPath = (id: string): string => `${domainPath(id)}/reports`
