/** Where the whole version stands while a file is overwritten. Apart from what writes it: looked for before the first screen. */
export const copyOf = (realPath: string): string => `${realPath}.serverless-setup.before`
