import { pool } from "../database/pool.ts"; export const http = pool;
