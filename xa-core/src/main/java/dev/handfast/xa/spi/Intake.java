package dev.handfast.xa.spi;

/**
 * Switches the work that a resource manager brings to the application of its own accord, as the
 * listeners of a broker do. Safe for use by many threads.
 */
public interface Intake {

  /**
   * The intake of a resource manager that brings no work and only answers calls: both methods do
   * nothing.
   */
  Intake NONE =
      new Intake() {
        @Override
        public void pause() {}

        @Override
        public void resume() {}
      };

  /**
   * Makes the resource manager's adapter take no more work and give back what it has taken and not
   * begun. Work that has begun goes on. This returns at once, or within a second if a broker has to
   * answer first. It has no effect if the intake is already paused.
   */
  void pause();

  /** Lets the adapter take work again. It has no effect if the intake is not paused. */
  void resume();
}
