import { t } from "../runtime/database/test-database.ts"; export const record = t;
