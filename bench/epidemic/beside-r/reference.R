# What R answers on the series in a folder: Rscript reference.R FOLDER. Reads tasks.csv (one line a question), writes one CSV a question
# and times.csv with the least of some CPU times, in seconds. EpiEstim 2.2-4, surveillance 1.20.3 and MASS are called as documented.
suppressPackageStartupMessages({ library(EpiEstim); library(surveillance); library(MASS) })
folder <- commandArgs(trailingOnly = TRUE)[1]
inside <- function(name) file.path(folder, name)
tasks <- read.csv(inside("tasks.csv"), stringsAsFactors = FALSE)
times <- data.frame(task = character(), seconds = numeric())
options(digits = 17, warn = -1)

cpu <- function() sum(proc.time()[c("user.self", "sys.self")])
timed <- function(task, work, repeats = 1) {
  least <- Inf
  for (i in seq_len(repeats)) {
    start <- cpu()
    value <- suppressMessages(work())
    least <- min(least, cpu() - start)
  }
  times <<- rbind(times, data.frame(task = task, seconds = least))
  value
}
# Short calls are timed in tens, because R's clock ticks in milliseconds.
timed_often <- function(task, work, calls = 10) {
  value <- suppressMessages(work())
  start <- cpu()
  for (i in seq_len(calls)) suppressMessages(work())
  times <<- rbind(times, data.frame(task = task, seconds = (cpu() - start) / calls))
  value
}
save <- function(task, table) write.csv(format(table, digits = 17, scientific = TRUE, trim = TRUE), inside(paste0(task, ".csv")), row.names = FALSE, quote = FALSE)

windows_of <- function(days, width) list(t_start = seq(2, days - width + 1), t_end = seq(2 + width - 1, days))

for (i in seq_len(nrow(tasks))) {
  t <- tasks[i, ]
  data <- if (file.exists(inside(paste0(t$series, ".csv")))) read.csv(inside(paste0(t$series, ".csv"))) else NULL
  if (t$kind == "discretised") {
    save(t$task, data.frame(w = discr_si(0:99, t$mean, t$sd)))
  } else if (t$kind == "parametric") {
    w <- windows_of(nrow(data), t$window)
    config <- make_config(list(t_start = w$t_start, t_end = w$t_end, mean_si = t$mean, std_si = t$sd))
    save(t$task, timed_often(t$task, function() estimate_R(data[, c("local", "imported")], method = "parametric_si", config = config))$R)
  } else if (t$kind == "nonparametric") {
    w <- windows_of(nrow(data), t$window)
    weights <- scan(inside(paste0(t$task, "-weights.txt")), quiet = TRUE)
    config <- make_config(list(t_start = w$t_start, t_end = w$t_end, si_distr = weights))
    save(t$task, timed_often(t$task, function() estimate_R(data[, c("local", "imported")], method = "non_parametric_si", config = config))$R)
  } else if (t$kind == "mixture") {
    # The exact mixture over the draws: each draw's own gamma posterior as EpiEstim gives it, missing where EpiEstim gives none.
    w <- windows_of(nrow(data), t$window)
    draws <- as.matrix(read.csv(inside(paste0(t$task, "-draws.csv")), header = FALSE))
    each <- lapply(seq_len(ncol(draws)), function(j) {
      config <- make_config(list(t_start = w$t_start, t_end = w$t_end, si_distr = draws[, j]))
      suppressMessages(estimate_R(data[, c("local", "imported")], method = "non_parametric_si", config = config))$R
    })
    means <- sapply(each, function(r) r[["Mean(R)"]]); sds <- sapply(each, function(r) r[["Std(R)"]])
    rows <- t(sapply(seq_along(w$t_start), function(k) {
      m <- means[k, ]; s <- sds[k, ]; ok <- !is.na(m); m <- m[ok]; s <- s[ok]
      if (length(m) == 0) return(rep(NA_real_, 9))
      shape <- (m / s)^2; scale <- s^2 / m
      quantile_of <- function(p) {
        low <- min(qgamma(p, shape, scale = scale)); high <- max(qgamma(p, shape, scale = scale))
        if (high - low <= 1e-15 * high) return(low)
        uniroot(function(x) mean(pgamma(x, shape, scale = scale)) - p, c(low * (1 - 1e-12), high * (1 + 1e-12)), tol = 1e-15 * high)$root
      }
      centre <- mean(m)
      c(centre, sqrt(mean(s^2 + (m - centre)^2)), sapply(c(0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975), quantile_of))
    }))
    colnames(rows) <- c("mean", "sd", "q025", "q05", "q25", "q50", "q75", "q95", "q975")
    save(t$task, as.data.frame(rows))
  } else if (t$kind == "drawn") {
    # Time alone: EpiEstim draws the intervals and samples from each draw's posterior.
    w <- windows_of(nrow(data), t$window)
    sizes <- as.integer(strsplit(t$option, " ")[[1]])
    config <- make_config(list(t_start = w$t_start, t_end = w$t_end, mean_si = t$mean, std_mean_si = 0.5, min_mean_si = t$mean - 1.5,
      max_mean_si = t$mean + 1.5, std_si = t$sd, std_std_si = 0.3, min_std_si = t$sd - 0.9, max_std_si = t$sd + 0.9, n1 = sizes[1], n2 = sizes[2]))
    timed(t$task, function() estimate_R(data[, c("local", "imported")], method = "uncertain_si", config = config))
  } else if (t$kind == "teunis") {
    w <- windows_of(nrow(data), t$window)
    counts <- data.frame(dates = seq_len(nrow(data)), I = data$local + data$imported)
    config <- list(t_start = w$t_start, t_end = w$t_end, mean_si = t$mean, std_si = t$sd, n_sim = 10)
    save(t$task, timed(t$task, function() wallinga_teunis(counts$I, method = "parametric_si", config = config))$R)
  } else if (t$kind == "ears") {
    series <- sts(data$count, frequency = 365)
    control <- list(method = t$option, baseline = 7, alpha = t$mean, minSigma = t$sd)
    out <- timed_often(t$task, function() earsC(series, control = control))
    save(t$task, data.frame(t = which(seq_along(data$count) %in% (nrow(data) - length(upperbound(out)) + seq_along(upperbound(out)))), upperbound = as.numeric(upperbound(out)), alarm = as.numeric(alarms(out))))
  } else if (t$kind == "cusum") {
    series <- create.disProg(week = seq_along(data$count), observed = data$count, state = 0 * data$count, freq = 52)
    range <- t$window:nrow(data)
    trans <- if (t$option == "standard") NULL else t$option
    control <- list(range = range, k = 1.04, h = 2.26, m = NULL, trans = if (is.null(trans)) "standard" else trans)
    out <- timed_often(t$task, function() algo.cusum(series, control = control))
    save(t$task, data.frame(t = range, cusum = as.numeric(out$cusum), upperbound = as.numeric(out$upperbound), alarm = as.numeric(out$alarm)))
  } else if (t$kind == "farrington") {
    series <- sts(data$count, start = c(2004, 1), frequency = 52, epoch = as.numeric(as.Date("2004-01-05") + 7 * (seq_along(data$count) - 1)), epochAsDate = TRUE)
    range <- t$window:nrow(data)
    control <- if (t$option == "default") list(range = range, b = 5, w = 3) else
      list(range = range, b = 5, w = 3, noPeriods = 10, pastWeeksNotIncluded = 26, pThresholdTrend = 1, weightsThreshold = 2.58, thresholdMethod = t$option, alpha = 0.01)
    out <- timed(t$task, function() farringtonFlexible(series, control = control))
    save(t$task, data.frame(t = range, upperbound = as.numeric(upperbound(out)), expected = as.numeric(out@control$expected), pvalue = as.numeric(out@control$pvalue), alarm = as.numeric(alarms(out))))
  } else if (t$kind == "growth") {
    day <- seq_len(nrow(data)) - 1
    poisson <- glm(data$count ~ day, family = stats::poisson(), control = glm.control(epsilon = 1e-14, maxit = 100))
    # Counts that scatter no more than Poisson have no negative binomial fit in R.
    nb <- tryCatch(coef(glm.nb(data$count ~ day, control = glm.control(epsilon = 1e-14, maxit = 200)))[[2]], error = function(problem) NA)
    save(t$task, data.frame(model = c(1, 2), rate = c(coef(poisson)[[2]], nb), se = c(sqrt(vcov(poisson)[2, 2]), NA)))
  } else if (t$kind == "nowcast") {
    lines <- data.frame(event = as.Date("2020-01-01") + data$event, report = as.Date("2020-01-01") + data$report)
    now <- as.Date("2020-01-01") + t$window
    when <- seq(now - 14, now - 2, by = 1)
    for (method in strsplit(t$option, " ")[[1]]) {
      out <- tryCatch(timed(paste0(t$task, "-", method), function() nowcast(now = now, when = when, data = lines, dEventCol = "event", dReportCol = "report",
        method = method, D = 15, m = NULL, control = list(N.tInf.max = t$mean, N.tInf.prior = structure("poisgamma", mean.lambda = 50, var.lambda = 3000), dRange = as.Date(c("2020-01-01", as.character(now)))))),
        error = function(problem) { message(t$task, " ", method, ": ", conditionMessage(problem)); NULL })
      if (is.null(out)) next
      at <- match(when, epoch(out))
      ci <- out@pi[at, , ]
      save(paste0(t$task, "-", method), data.frame(day = as.numeric(when - as.Date("2020-01-01")), nowcast = as.numeric(upperbound(out))[at], lower = ci[, 1], upper = ci[, 2]))
      save(paste0(t$task, "-", method, "-cdf"), data.frame(dc = as.numeric(delayCDF(out)[[method]])))
    }
  } else if (t$kind == "functions") {
    x <- data
    save(t$task, data.frame(
      gamma_p = pgamma(x$x, x$a), gamma_q = pgamma(x$x, x$a, lower.tail = FALSE), gamma_inverse = qgamma(x$p, x$a), lgamma = lgamma(x$x), 
      beta_p = pbeta(x$p, x$a, x$b), beta_q = pbeta(x$p, x$a, x$b, lower.tail = FALSE), beta_inverse = qbeta(x$u, x$a, x$b),
      t_q = pt(x$x, x$a, lower.tail = FALSE), t_inverse = qt(x$p, x$a), normal = pnorm(x$z), normal_inverse = qnorm(x$p),
      nb = dnbinom(x$k, size = x$a, mu = x$x), nb_p = pnbinom(x$k, size = x$a, mu = x$x), nb_inverse = qnbinom(x$p, size = x$a, mu = x$x)))
  }
}
write.csv(format(times, digits = 6, trim = TRUE), inside("times.csv"), row.names = FALSE, quote = FALSE)
