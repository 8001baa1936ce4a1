import { openOwnPlatform } from "./driver/own-platform.ts";
import { founderWish } from "./city/city.ts";
import { seededRandom } from "../server/kernel/index.ts";
import { enrolCity, publishTender } from "./construction-open/prepare.ts";
import { askAndAmend } from "./construction-open/questions.ts";
import { sealBids } from "./construction-open/bids.ts";
import { openBids } from "./construction-open/opening.ts";
const t=performance.now(); const lap=(w:string)=>console.log(w, Math.round(performance.now()-t));
const { world, close } = await openOwnPlatform({ name: "try", seed: 1, start: "2026-11-02T01:00:00.000Z", home: "/work/main/.egret", founder: founderWish });
lap("open");
try {
const o = await enrolCity(world); lap("enrolled");
const lot = await publishTender(world, o); lap("published "+lot);
await askAndAmend(world, lot); lap("amended");
const d = await sealBids(world, lot, seededRandom(1,"bids")); lap("sealed"); console.log(d);
await openBids(world, lot, seededRandom(1,"opening")); lap("opened");
console.log(JSON.stringify(await (await fetch(world.url+"/api/v1/lots/"+lot)).json()).slice(0,300));
console.log(JSON.stringify(await (await fetch(world.url+"/api/v1/lots/"+lot+"/opening")).json()).slice(0,1500));
} catch(e) { console.error(e); }
await close(); lap("closed"); process.exit(0);
