/** All styles of the portal, in the order in which they build on each other. Holds no rules itself. */
import "virtual:tokens.css";
import "./styles/base.css";
import "./styles/parts.css";
import "./styles/tables.css";
import "./styles/shell.css";
import "./styles/form.css";
import "./styles/hall.css";
import "./styles/lot.css";
import "./styles/public.css";
import "./styles/modes.css";
