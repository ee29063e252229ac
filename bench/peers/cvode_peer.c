/* Peer of the lane benchmark: CVODE (SUNDIALS), BDF with dense analytic Jacobian, one patient after another on one thread.
 *
 * The model's right-hand side and Jacobian are written as C by the benchmark from the very expression graph that Marrow
 * compiles (model.c beside this file in the build folder), so both sides solve the same equations.
 *
 * Input: a binary file of int64 states, parameters, patients, outputs; double end, rtol, atol;
 *        then for each patient its initial states and parameters.
 * Output: a binary file of all outputs of all patients (patient, time, state); one line on stdout:
 *         microseconds a patient, steps a patient, failures.
 */
#include <cvode/cvode.h>
#include <nvector/nvector_serial.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sundials/sundials_config.h>
#include <sunlinsol/sunlinsol_dense.h>
#include <sunmatrix/sunmatrix_dense.h>
#include <time.h>

#if SUNDIALS_VERSION_MAJOR >= 7
typedef sunrealtype realtype;
#define NO_COMM SUN_COMM_NULL
#else
#define NO_COMM NULL
#endif

void model_rhs(double t, const double *p, const double *y, double *f);
void model_jacobian(double t, const double *p, const double *y, double *columns);

static int rhs(realtype t, N_Vector y, N_Vector f, void *p) {
  model_rhs(t, p, NV_DATA_S(y), NV_DATA_S(f));
  return 0;
}

static int jacobian(realtype t, N_Vector y, N_Vector f, SUNMatrix j, void *p, N_Vector a, N_Vector b, N_Vector c) {
  (void)f, (void)a, (void)b, (void)c;
  model_jacobian(t, p, NV_DATA_S(y), SM_DATA_D(j));
  return 0;
}

static double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

static void need(size_t got, size_t wanted, const char *what) {
  if (got == wanted) return;
  fprintf(stderr, "cvode_peer: cannot read or write %s\n", what);
  exit(1);
}

int main(int count, char **arguments) {
  if (count != 3) return fprintf(stderr, "usage: cvode_peer INPUT OUTPUT\n"), 2;
  FILE *in = fopen(arguments[1], "rb"), *out = fopen(arguments[2], "wb");
  if (!in || !out) return fprintf(stderr, "cvode_peer: cannot open the files\n"), 1;
  long long size[4];
  double settings[3];
  need(fread(size, sizeof *size, 4, in), 4, "the header");
  need(fread(settings, sizeof *settings, 3, in), 3, "the header");
  const size_t n = size[0], np = size[1], patients = size[2], outputs = size[3];
  double *input = malloc(patients * (n + np) * sizeof *input), *result = malloc(patients * outputs * n * sizeof *result), *p = malloc(np * sizeof *p);
  need(fread(input, sizeof *input, patients * (n + np), in), patients * (n + np), "the patients");

  SUNContext context;
  SUNContext_Create(NO_COMM, &context);
  N_Vector y = N_VNew_Serial(n, context);
  SUNMatrix matrix = SUNDenseMatrix(n, n, context);
  void *solver = CVodeCreate(CV_BDF, context);
  memcpy(NV_DATA_S(y), input, n * sizeof *input);
  CVodeInit(solver, rhs, 0, y);
  CVodeSStolerances(solver, settings[1], settings[2]);
  CVodeSetUserData(solver, p);
  CVodeSetMaxNumSteps(solver, 1000000);
  CVodeSetLinearSolver(solver, SUNLinSol_Dense(y, matrix, context), matrix);
  CVodeSetJacFn(solver, jacobian);

  long total = 0, failed = 0;
  const double start = seconds();
  for (size_t i = 0; i < patients; i++) {
    const double *row = input + i * (n + np);
    memcpy(NV_DATA_S(y), row, n * sizeof *row);
    memcpy(p, row + n, np * sizeof *p);
    CVodeReInit(solver, 0, y);
    CVodeSetStopTime(solver, settings[0]);
    for (size_t k = 1; k <= outputs; k++) {
      realtype t;
      if (CVode(solver, settings[0] * k / outputs, y, &t, CV_NORMAL) < 0) {
        failed++;
        break;
      }
      memcpy(result + (i * outputs + k - 1) * n, NV_DATA_S(y), n * sizeof *result);
    }
    long steps;
    CVodeGetNumSteps(solver, &steps);
    total += steps;
  }
  const double used = seconds() - start;
  need(fwrite(result, sizeof *result, patients * outputs * n, out), patients * outputs * n, "the results");
  fclose(out);
  printf("%.4f %.2f %ld\n", 1e6 * used / patients, (double)total / patients, failed);
  return 0;
}
