/** Codes by what did not hold: the key, or the region that was asked in. */
export const KEY_FAULTS: readonly string[] = ['INVALID_CLIENT_TOKEN', 'SIGNATURE_MISMATCH', 'EXPIRED_TOKEN']
export const REGION_FAULTS: readonly string[] = ['REGION_UNKNOWN', 'WRONG_PARTITION', 'REGION_DISABLED']
