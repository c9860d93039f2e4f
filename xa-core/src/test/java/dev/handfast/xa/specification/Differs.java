package dev.handfast.xa.specification;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Narayana alone does not do what the test asks for. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Differs {

  /** What is done about it. */
  enum How {
    /** The runtime does what the specification says, or says more than it asks for. */
    BRIDGED,
    /** The runtime does something else on purpose, and the page says so. */
    DOCUMENTED
  }

  How how();

  /** What Narayana does. */
  String narayana();

  /** What the runtime does. */
  String here();
}
