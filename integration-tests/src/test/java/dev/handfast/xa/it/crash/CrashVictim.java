package dev.handfast.xa.it.crash;

/** Who is killed. */
enum CrashVictim {
  APPLICATION {
    @Override
    boolean takesPartIn(Shape shape) {
      return true;
    }
  },
  BROKER {
    @Override
    boolean takesPartIn(Shape shape) {
      return shape == Shape.BROKER || shape == Shape.TWO_DATABASES_AND_BROKER;
    }
  },
  DATABASE {
    @Override
    boolean takesPartIn(Shape shape) {
      return shape == Shape.DATABASE || shape == Shape.TWO_DATABASES_AND_BROKER;
    }
  };

  /** Whether its death in a transaction of this shape is a case of its own. */
  abstract boolean takesPartIn(Shape shape);
}
