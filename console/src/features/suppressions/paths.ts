export const addressesPath = '/email/suppression'
export const domainsPath = '/email/suppression/domains'
export const requestsPath = '/email/suppression/requests'
