# The peer of "startup": the same model, tolerances and output in R with deSolve.
library(deSolve)
rates <- function(t, y, p) list(p[["made"]] - p[["lost"]] * y)
times <- seq(0, 100, length.out = 101)
course <- ode(c(A = 1), times, rates, c(made = 0.2, lost = 0.5), rtol = 1e-6, atol = 1e-9)
write.csv(course, row.names = FALSE)
