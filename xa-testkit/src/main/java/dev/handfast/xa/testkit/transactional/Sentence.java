package dev.handfast.xa.testkit.transactional;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The sentence of Jakarta Transactions that a test holds annotated methods to. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Sentence {

  /** Where it stands: a section, or the documentation of a type. */
  String where() default "3.7";

  /** What it says, in our words. */
  String says();
}
