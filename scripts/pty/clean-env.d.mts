/** An environment without the person's credentials, proxies, CI or colour settings. */
export function cleanEnv(home: string, changes?: Readonly<Record<string, string>>): Record<string, string>
