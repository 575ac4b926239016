"""Words of the pipeline's templates."""
