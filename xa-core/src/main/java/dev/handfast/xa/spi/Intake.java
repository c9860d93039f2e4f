package dev.handfast.xa.spi;

/**
 * Where a resource manager brings work to the application by itself: the listeners of a broker.
 * Safe for use by many threads.
 */
public interface Intake {

  /** Of a resource manager that only answers. */
  Intake NONE =
      new Intake() {
        @Override
        public void pause() {}

        @Override
        public void resume() {}
      };

  /**
   * Takes nothing more, and gives back what was taken and not begun. Returns at once, or within a
   * second where a broker is to answer: what was begun goes on. No effect if it is paused.
   */
  void pause();

  /** Takes again. No effect if it is not paused. */
  void resume();
}
