# R's answers on the outcomes of two arms that a run of studies/inovate.yaml exported. Writes inovate.json.
library(survival)
d <- read.csv("inovate.csv")
d$arm <- factor(d$arm, levels = c("Standard treatment", "Inotuzumab ozogamicin"))
answer <- function(endpoint) {
  time <- d[[paste0("model_", endpoint, "_months")]]
  event <- d[[paste0("model_", endpoint, "_event")]]
  fit <- summary(coxph(Surv(time, event) ~ arm, data = d, ties = "efron", control = coxph.control(eps = 1e-14, iter.max = 50)))
  test <- survdiff(Surv(time, event) ~ arm, data = d)
  c(fit$conf.int[1, "exp(coef)"], fit$conf.int[1, "lower .95"], fit$conf.int[1, "upper .95"], fit$coefficients[1, "Pr(>|z|)"],
    test$chisq, pchisq(test$chisq, 1, lower.tail = FALSE))
}
row <- function(endpoint) sprintf('  "%s": [%s]', endpoint, paste(sprintf("%.15g", answer(endpoint)), collapse = ", "))
writeLines(c("{", sprintf('  "meta": "R %s, survival %s: hazard ratio, lower and upper 95 %% limit, Wald p, log-rank chi-squared, its p",', getRversion(), packageVersion("survival")),
  paste0(row("os"), ","), row("efs"), "}"), "inovate.json")
