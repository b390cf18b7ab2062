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
#endif
