package dev.handfast.xa.specification;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The sentence of the specification that a test holds the runtime to. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Sentence {

  /** The section; that of the class unless given. */
  String section() default "";

  /** The method in whose documentation it stands; none if it stands in the section's text. */
  String of() default "";

  /** What it says, in our words. */
  String says();
}
