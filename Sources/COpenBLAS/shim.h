#ifndef STATICGRAPH_OPENBLAS_SHIM_H
#define STATICGRAPH_OPENBLAS_SHIM_H
#include <cblas.h>

// Routines of LAPACK, which the library holds too; their own C header is another package's.
void sgelqf_(const int *, const int *, float *, const int *, float *, float *, const int *, int *);
void dgelqf_(const int *, const int *, double *, const int *, double *, double *, const int *,
             int *);
void sorglq_(const int *, const int *, const int *, float *, const int *, const float *, float *,
             const int *, int *);
void dorglq_(const int *, const int *, const int *, double *, const int *, const double *, double *,
             const int *, int *);

// Not every build of the library has threads of its own.
__attribute__((weak)) int blas_thread_shutdown_(void);

/// Lets the library compute on the thread that calls it, and ends the threads that it began when it
/// was loaded: they would wait for work, busily, beside those that have some.
static inline void staticgraph_use_calling_thread(void) {
  openblas_set_num_threads(1);
  if (blas_thread_shutdown_) blas_thread_shutdown_();
}
#endif
