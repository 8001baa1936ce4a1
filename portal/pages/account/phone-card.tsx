/** Sign-in by a phone that is signed in: a code on this screen, two digits to compare, and this page waits for the approval. */
import { useEffect, useState } from "react";
import { encode } from "uqr";
import { askPhone, type PhoneRequest, signInByPhone } from "../../api/account.ts";
import { Card } from "../../ui/card.tsx";
import { useWords } from "../../words/index.ts";
import { sentenceOf, useEntering } from "./entered.ts";

const pauseMs = 1_500;

/** The code as a drawing: one path of squares. */
function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { data, size } = encode(text, { ecc: "M", border: 2 });
  const squares = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg className="qr-code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={squares.join("")} fill="#000" />
    </svg>
  );
}

/** Asks until the phone has approved, the request is over, or the card is gone. */
async function approved(request: PhoneRequest, isGone: () => boolean): Promise<void> {
  while (!isGone()) {
    if (!(await signInByPhone(request)).waiting) return;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  throw new Error("gone");
}

export function PhoneCard() {
  const t = useWords();
  const [request, setRequest] = useState<PhoneRequest>();
  const [fault, setFault] = useState<unknown>(undefined);
  const { enter, error } = useEntering();
  const [enterOnce] = useState(() => ({ enter }));
  useEffect(() => {
    if (!request) return;
    let isGone = false;
    void enterOnce.enter(() => approved(request, () => isGone)).finally(() => !isGone && setRequest(undefined));
    return () => {
      isGone = true;
    };
  }, [request, enterOnce]);
  const shown = fault ?? error;
  return (
    <Card title={t("in.phone")}>
      <p className="small second">{t("in.phoneText")}</p>
      {request ? (
        <div className="phone-request">
          <QrCode text={request.qrText} label={t("in.phoneQr")} />
          <div>
            <p className="small second">{t("in.phoneDigits")}</p>
            <p className="phone-digits">{request.digits}</p>
            <p className="small" role="status">
              {t("in.phoneWaiting")}
            </p>
            <p className="small second">
              {t("in.phoneOpen")}：<span className="mono phone-address">{request.qrText}</span>
            </p>
          </div>
        </div>
      ) : (
        <p style={{ marginTop: 14 }}>
          <button className="button primary" type="button" onClick={() => void askPhone().then(setRequest, setFault)}>
            {t("in.phoneGo")}
          </button>
        </p>
      )}
      {shown !== undefined && !request && (
        <p className="is-refused small" role="alert" style={{ marginTop: 10 }}>
          {sentenceOf(shown, t("in.failed"))}
        </p>
      )}
    </Card>
  );
}
