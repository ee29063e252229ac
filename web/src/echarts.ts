/** Only the parts of ECharts that the report draws with; SVG, so that paper and exports keep vectors. */
import { BarChart, CustomChart, LineChart } from "echarts/charts";
import { GridComponent, TooltipComponent } from "echarts/components";
import * as core from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

core.use([BarChart, CustomChart, LineChart, GridComponent, TooltipComponent, SVGRenderer]);

export const init = (host: HTMLElement) => core.init(host, null, { renderer: "svg" });
export type Instance = ReturnType<typeof init>;
