import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 4353:
/***/ (function(module) {

/*
 * Copyright 2024 the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
!function(e,t){ true?module.exports=t():0}(this,(()=>(()=>{"use strict";var e={154:(e,t)=>{Object.defineProperty(t,"__esModule",{value:!0}),t.CvssVector=void 0;class o{constructor(e,t,o){this.vector=e,this.normalize=t,this.scores=o}isUpToDate(e,t){return this.vector===e&&this.normalize===t}getScores(){return this.scores}}t.CvssVector=class{constructor(e){this.vectorChangedListeners=[],this.components=new Map,this.clearComponents(),e&&this.applyVector(e)}calculateScores(e=!1){const t=this.toString(!0);if(this.cachedScores&&this.cachedScores.isUpToDate(t,e))return this.cachedScores.getScores();const a=this.calculateScoresInternal(e);return this.cachedScores=new o(t,e,a),a}fillBaseMetrics(){for(const[e,t]of this.getRegisteredComponents())if("base"===e.name){for(const e of t){const t=e.values[1];t&&this.applyComponent(e,t)}return}throw new Error("No base category found")}getComponents(){return this.components}clearComponents(){this.getRegisteredComponents().forEach(((e,t)=>{e.forEach((e=>this.components.set(e,e.values[0])))}))}clearSpecifiedComponents(e){e.forEach((e=>this.components.set(e,e.values[0])))}addVectorChangedListener(e){this.vectorChangedListeners.push(e)}normalizeVector(e){return e.replace(/\(/g,"").replace(/\)/g,"").replace(/CVSS:\d+\.?\d?/g,"").replace(/\s/g,"").replace(/\\/g,"").replace(/^\//g,"").replace(/\/$/g,"").trim()}findComponent(e){for(const t of this.getRegisteredComponents().values()){const o=t.find((t=>t.name===e||t.shortName===e));if(o)return o}return Array.from(this.components.keys()).find((t=>t.name===e||t.shortName===e))}applyVector(e){this.applyVectorCount(e)}applyVectorCount(e){const t=this.normalizeVector(e).split("/");let o=0;return t.forEach((e=>{if(0===e.length)return;const[t,a]=e.split(":");0!==t.length&&0!==a.length?this.applyComponentString(t,a,!1)&&o++:console.warn("Invalid component/value pair",e)})),this.vectorChangedListeners.forEach((e=>e(this))),o}applyComponentString(e,t,o=!0){const a=this.findComponent(e);if(a){const i=a.values.find((e=>e.name===t||e.shortName===t));if(i)return this.components.get(a)!==i&&(this.applyComponent(a,i),o&&this.vectorChangedListeners.forEach((e=>e(this))),!0);throw new Error(`Unknown component value ${t} for component ${e}`)}throw new Error(`Unknown component ${e} when setting value ${t}`)}applyComponentStringSilent(e,t,o=!0){try{return this.applyComponentString(e,t,o)}catch(e){return!1}}applyComponent(e,t,o=!0){this.components.set(e,t),o&&this.vectorChangedListeners.forEach((e=>e(this)))}applyVectorPartsIf(e,t,o){if(!e)return 0;const a=this.normalizeVector(e);if(0===a.length)return 0;const i=a.split("/");let s=0;for(const e of i){if(!e)continue;const a=e.split(":",2),i=this.clone(),n=t(i);if(2===a.length){i.applyComponentStringSilent(a[0],a[1]);const e=t(i);o?e<=n&&(s+=this.applyComponentStringSilent(a[0],a[1])?1:0):e>=n&&(s+=this.applyComponentStringSilent(a[0],a[1])?1:0)}else console.warn("Unknown vector argument:",e)}return s}applyVectorPartsIfLower(e,t){return this.applyVectorPartsIf(e,t,!0)}applyVectorPartsIfHigher(e,t){return this.applyVectorPartsIf(e,t,!1)}applyVectorPartsIfLowerVector(e,t){return this.applyVectorPartsIf(e.toStringDefinedParts(),t,!0)}applyVectorPartsIfHigherVector(e,t){return this.applyVectorPartsIf(e.toStringDefinedParts(),t,!1)}getComponent(e){const t=this.components.get(e);if(!t)throw new Error(`Unknown component: ${e.name}`);return t}getComponentByString(e){const t=this.findComponent(e);if(!t)throw new Error(`Unknown component: ${e}`);const o=this.components.get(t);if(!o)throw new Error(`Unknown component: ${e}`);return o}getComponentByStringOpt(e){try{return this.getComponentByString(e)}catch(e){return null}}size(){return Array.from(this.components.values()).filter(this.isComponentValueDefined).length}getFirstDefinedComponent(e){return e.map((e=>this.components.get(e))).find(this.isComponentValueDefined)}toString(e=!1,t=this.getRegisteredComponents(),o=!1){let a="";for(const[i,s]of t)if(e||this.isCategoryPartiallyDefined(i))for(const e of s){const t=this.components.get(e);if(t){if(o&&!this.isComponentValueDefined(t))continue;a+=`${e.shortName}:${t.shortName}/`}}return this.getVectorPrefix()+a.slice(0,-1)}toStringDefinedParts(){return this.toString(!1,this.getRegisteredComponents(),!0)}isCategoryFullyDefined(e){const t=this.getRegisteredComponents().get(e);return!!t&&t.every((e=>void 0!==this.components.get(e)&&"ND"!==this.components.get(e).shortName&&"X"!==this.components.get(e).shortName))}isCategoryPartiallyDefined(e){const t=this.getRegisteredComponents().get(e);return!!t&&t.some((e=>void 0!==this.components.get(e)&&"ND"!==this.components.get(e).shortName&&"X"!==this.components.get(e).shortName))}round(e,t){let o=Math.pow(10,t);return Math.round(e*o)/o}roundUp(e){let t=Math.round(1e5*e);return t%1e4==0?t/1e5:(Math.floor(t/1e4)+1)/10}normalizeScore(e,t){return 10===t?e:this.round(this.mapRange(e,0,t,0,10),1)}mapRange(e,t,o,a,i){return(e-t)/(o-t)*(i-a)+a}pickRandomDefinedComponentValue(e){for(let t=0;t<999999;t++){const t=e.values[Math.floor(Math.random()*e.values.length)];if("X"!==t.shortName&&"ND"!==t.shortName&&!t.hide)return t}}clone(){const e=new this.constructor;return e.components=new Map(this.components),e}diffVector(e){const t=new this.constructor;for(const[o,a]of this.getRegisteredComponents())for(const o of a){const a=this.components.get(o),i=e.components.get(o),s=this.isComponentValueDefined(a),n=this.isComponentValueDefined(i);s&&n&&a.shortName!==i.shortName||!s&&n?t.applyComponent(o,i):s&&!n&&t.applyComponent(o,a)}return t}applyEnvironmentalMetricsOntoBase(){for(const[e,t]of this.getRegisteredComponents())for(const e of t){const t=this.components.get(e);t&&e.baseMetricEquivalent&&this.isComponentValueDefined(t)&&(e.baseMetricEquivalentMapper?this.applyComponentString(e.baseMetricEquivalent.shortName,e.baseMetricEquivalentMapper(t).shortName,!1):this.applyComponentString(e.baseMetricEquivalent.shortName,t.shortName,!1),this.applyComponent(e,e.values[0],!1))}this.vectorChangedListeners.forEach((e=>e(this)))}isComponentValueDefined(e){return void 0!==e&&"ND"!==e.shortName&&"X"!==e.shortName}static _reorderAttributeSeverityOrder(e){const t=[];return e.forEach(((e,o)=>{t.push([e])})),t}}},156:function(e,t,o){var a=this&&this.__createBinding||(Object.create?function(e,t,o,a){void 0===a&&(a=o);var i=Object.getOwnPropertyDescriptor(t,o);i&&!("get"in i?!t.__esModule:i.writable||i.configurable)||(i={enumerable:!0,get:function(){return t[o]}}),Object.defineProperty(e,a,i)}:function(e,t,o,a){void 0===a&&(a=o),e[a]=t[o]}),i=this&&this.__exportStar||function(e,t){for(var o in e)"default"===o||Object.prototype.hasOwnProperty.call(t,o)||a(t,e,o)};Object.defineProperty(t,"__esModule",{value:!0}),t.Cvss4P0=t.Cvss3P0=t.Cvss3P1=t.Cvss2=t.CvssVector=void 0;var s=o(154);Object.defineProperty(t,"CvssVector",{enumerable:!0,get:function(){return s.CvssVector}}),i(o(564),t);var n=o(475);Object.defineProperty(t,"Cvss2",{enumerable:!0,get:function(){return n.Cvss2}});var r=o(371);Object.defineProperty(t,"Cvss3P1",{enumerable:!0,get:function(){return r.Cvss3P1}});var c=o(623);Object.defineProperty(t,"Cvss3P0",{enumerable:!0,get:function(){return c.Cvss3P0}});var l=o(987);Object.defineProperty(t,"Cvss4P0",{enumerable:!0,get:function(){return l.Cvss4P0}})},331:(e,t)=>{var o;Object.defineProperty(t,"__esModule",{value:!0}),t.Cvss3P0Components=void 0;class a{}t.Cvss3P0Components=a,o=a,a.CONFIDENTIALITY_IMPACT_VALUES={X:{shortName:"X",value:0,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},N:{shortName:"N",value:0,name:"None",jsonSchemaName:"NONE",description:"There is no loss of confidentiality within the impacted component."},L:{shortName:"L",value:.22,name:"Low",jsonSchemaName:"LOW",description:"There is some loss of confidentiality. Access to some restricted information is obtained, but the attacker does not have control over what information is obtained, or the amount or kind of loss is limited. The information disclosure does not cause a direct, serious loss to the impacted component."},H:{shortName:"H",value:.56,name:"High",jsonSchemaName:"HIGH",description:"There is a total loss of confidentiality, resulting in all resources within the impacted component being divulged to the attacker. Alternatively, access to only some restricted information is obtained, but the disclosed information presents a direct, serious impact. For example, an attacker steals the administrator's password, or private encryption keys of a web server."}},a.CONFIDENTIALITY_IMPACT=[o.CONFIDENTIALITY_IMPACT_VALUES.X,o.CONFIDENTIALITY_IMPACT_VALUES.N,o.CONFIDENTIALITY_IMPACT_VALUES.L,o.CONFIDENTIALITY_IMPACT_VALUES.H],a.INTEGRITY_IMPACT_VALUES={X:{shortName:"X",value:0,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},N:{shortName:"N",value:0,name:"None",jsonSchemaName:"NONE",description:"There is no loss of integrity within the impacted component."},L:{shortName:"L",value:.22,name:"Low",jsonSchemaName:"LOW",description:"Modification of data is possible, but the attacker does not have control over the consequence of a modification, or the amount of modification is limited. The data modification does not have a direct, serious impact on the impacted component."},H:{shortName:"H",value:.56,name:"High",jsonSchemaName:"HIGH",description:"There is a total loss of integrity, or a complete loss of protection. For example, the attacker is able to modify any/all files protected by the impacted component. Alternatively, only some files can be modified, but malicious modification would present a direct, serious consequence to the impacted component."}},a.INTEGRITY_IMPACT=[o.INTEGRITY_IMPACT_VALUES.X,o.INTEGRITY_IMPACT_VALUES.N,o.INTEGRITY_IMPACT_VALUES.L,o.INTEGRITY_IMPACT_VALUES.H],a.AVAILABILITY_IMPACT_VALUES={X:{shortName:"X",value:0,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},N:{shortName:"N",value:0,name:"None",jsonSchemaName:"NONE",description:"There is no impact to availability within the impacted component."},L:{shortName:"L",value:.22,name:"Low",jsonSchemaName:"LOW",description:"Performance is reduced or there are interruptions in resource availability. Even if repeated exploitation of the vulnerability is possible, the attacker does not have the ability to completely deny service to legitimate users. The resources in the impacted component are either partially available all of the time, or fully available only some of the time, but overall there is no direct, serious consequence to the impacted component."},H:{shortName:"H",value:.56,name:"High",jsonSchemaName:"HIGH",description:"There is a total loss of availability, resulting in the attacker being able to fully deny access to resources in the impacted component; this loss is either sustained (while the attacker continues to deliver the attack) or persistent (the condition persists even after the attack has completed). Alternatively, the attacker has the ability to deny some availability, but the loss of availability presents a direct, serious consequence to the impacted component (e.g., the attacker cannot disrupt existing connections, but can prevent new connections; the attacker can repeatedly exploit a vulnerability that, in each instance of a successful attack, leaks a only small amount of memory, but after repeated exploitation causes a service to become completely unavailable)."}},a.AVAILABILITY_IMPACT=[o.AVAILABILITY_IMPACT_VALUES.X,o.AVAILABILITY_IMPACT_VALUES.N,o.AVAILABILITY_IMPACT_VALUES.L,o.AVAILABILITY_IMPACT_VALUES.H],a.CONFIDENTIALITY_REQUIREMENT_VALUES={X:{shortName:"X",value:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Assigning this value indicates there is insufficient information to choose one of the other values, and has no impact on the overall Environmental Score, i.e., it has the same effect on scoring as assigning Medium."},L:{shortName:"L",value:.5,name:"Low",jsonSchemaName:"LOW",description:"Loss of Confidentiality is likely to have only a limited adverse effect on the organization or individuals associated with the organization (e.g., employees, customers)."},M:{shortName:"M",value:1,name:"Medium",jsonSchemaName:"MEDIUM",description:"Loss of Confidentiality is likely to have a serious adverse effect on the organization or individuals associated with the organization (e.g., employees, customers)."},H:{shortName:"H",value:1.5,name:"High",jsonSchemaName:"HIGH",description:"Loss of Confidentiality is likely to have a catastrophic adverse effect on the organization or individuals associated with the organization (e.g., employees, customers)."}},a.CONFIDENTIALITY_REQUIREMENT=[o.CONFIDENTIALITY_REQUIREMENT_VALUES.X,o.CONFIDENTIALITY_REQUIREMENT_VALUES.L,o.CONFIDENTIALITY_REQUIREMENT_VALUES.M,o.CONFIDENTIALITY_REQUIREMENT_VALUES.H],a.INTEGRITY_REQUIREMENT_VALUES={X:{shortName:"X",value:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Assigning this value indicates there is insufficient information to choose one of the other values, and has no impact on the overall Environmental Score, i.e., it has the same effect on scoring as assigning Medium."},L:{shortName:"L",value:.5,name:"Low",jsonSchemaName:"LOW",description:"Loss of Integrity is likely to have only a limited adverse effect on the organization or individuals associated with the organization (e.g., employees, customers)."},M:{shortName:"M",value:1,name:"Medium",jsonSchemaName:"MEDIUM",description:"Loss of Integrity is likely to have a serious adverse effect on the organization or individuals associated with the organization (e.g., employees, customers)."},H:{shortName:"H",value:1.5,name:"High",jsonSchemaName:"HIGH",description:"Loss of Integrity is likely to have a catastrophic adverse effect on the organization or individuals associated with the organization (e.g., employees, customers)."}},a.INTEGRITY_REQUIREMENT=[o.INTEGRITY_REQUIREMENT_VALUES.X,o.INTEGRITY_REQUIREMENT_VALUES.L,o.INTEGRITY_REQUIREMENT_VALUES.M,o.INTEGRITY_REQUIREMENT_VALUES.H],a.AVAILABILITY_REQUIREMENT_VALUES={X:{shortName:"X",value:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Assigning this value indicates there is insufficient information to choose one of the other values, and has no impact on the overall Environmental Score, i.e., it has the same effect on scoring as assigning Medium."},L:{shortName:"L",value:.5,name:"Low",jsonSchemaName:"LOW",description:"Loss of Availability is likely to have only a limited adverse effect on the organization or individuals associated with the organization (e.g., employees, customers)."},M:{shortName:"M",value:1,name:"Medium",jsonSchemaName:"MEDIUM",description:"Loss of Availability is likely to have a serious adverse effect on the organization or individuals associated with the organization (e.g., employees, customers)."},H:{shortName:"H",value:1.5,name:"High",jsonSchemaName:"HIGH",description:"Loss of Availability is likely to have a catastrophic adverse effect on the organization or individuals associated with the organization (e.g., employees, customers)."}},a.AVAILABILITY_REQUIREMENT=[o.AVAILABILITY_REQUIREMENT_VALUES.X,o.AVAILABILITY_REQUIREMENT_VALUES.L,o.AVAILABILITY_REQUIREMENT_VALUES.M,o.AVAILABILITY_REQUIREMENT_VALUES.H],a.TEMPLATE_CIA_REQUIREMENT_MODIFIED_VALUES={X:{shortName:"X",value:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},L:{shortName:"L",value:.5,name:"Low",jsonSchemaName:"LOW",description:"There is no impact to the integrity of the system."},M:{shortName:"M",value:1,name:"Medium",jsonSchemaName:"MEDIUM",description:"There is a partial compromise of system integrity."},H:{shortName:"H",value:1.5,name:"High",jsonSchemaName:"HIGH",description:"There is a total compromise of system integrity."}},a.TEMPLATE_CIA_REQUIREMENT_MODIFIED=[o.TEMPLATE_CIA_REQUIREMENT_MODIFIED_VALUES.X,o.TEMPLATE_CIA_REQUIREMENT_MODIFIED_VALUES.L,o.TEMPLATE_CIA_REQUIREMENT_MODIFIED_VALUES.M,o.TEMPLATE_CIA_REQUIREMENT_MODIFIED_VALUES.H],a.BASE_CATEGORY={name:"base",description:"This metric reflects the qualities of a vulnerability that are constant over time and across user environments."},a.AV_VALUES={X:{shortName:"X",value:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},N:{shortName:"N",value:.85,name:"Network",abbreviatedName:"Netw.",jsonSchemaName:"NETWORK",description:"The vulnerable component is bound to the network stack and the set of possible attackers extends beyond the other options listed below, up to and including the entire Internet."},A:{shortName:"A",value:.62,name:"Adjacent Network",abbreviatedName:"Adj. Network",jsonSchemaName:"ADJACENT_NETWORK",description:"The vulnerable component is bound to the network stack, but the attack is limited at the protocol level to a logically adjacent topology."},L:{shortName:"L",value:.55,name:"Local",jsonSchemaName:"LOCAL",description:"The vulnerable component is not bound to the network stack and the attacker's path is via read/write/execute capabilities."},P:{shortName:"P",value:.2,name:"Physical",abbreviatedName:"Phys.",jsonSchemaName:"PHYSICAL",description:"The attack requires the attacker to physically touch or manipulate the vulnerable component."}},a.AV={name:"Attack Vector",shortName:"AV",subCategory:"Exploitability Metrics",description:"This metric reflects the context by which vulnerability exploitation is possible. The more remote an attacker can be to attack a host, the greater the vulnerability score.",values:[o.AV_VALUES.X,o.AV_VALUES.N,o.AV_VALUES.A,o.AV_VALUES.L,o.AV_VALUES.P]},a.AC_VALUES={X:{shortName:"X",value:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},L:{shortName:"L",value:.77,name:"Low",jsonSchemaName:"LOW",description:"Specialized access conditions or extenuating circumstances do not exist. An attacker can expect repeatable success when attacking the vulnerable component."},H:{shortName:"H",value:.44,name:"High",jsonSchemaName:"HIGH",description:"A successful attack depends on conditions beyond the attacker's control. That is, a successful attack cannot be accomplished at will, but requires the attacker to invest in some measurable amount of effort in preparation or execution against the vulnerable component before a successful attack can be expected."}},a.AC={name:"Attack Complexity",shortName:"AC",subCategory:"Exploitability Metrics",description:"This metric describes the conditions beyond the attacker's control that must exist in order to exploit the vulnerability.",values:[o.AC_VALUES.X,o.AC_VALUES.L,o.AC_VALUES.H]},a.PR_VALUES={X:{shortName:"X",value:1,changedValue:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},N:{shortName:"N",value:.85,changedValue:.85,name:"None",jsonSchemaName:"NONE",description:"The attacker is unauthorized prior to attack, and therefore does not require any access to settings or files of the vulnerable system to carry out an attack."},L:{shortName:"L",value:.62,changedValue:.68,name:"Low",jsonSchemaName:"LOW",description:"The attacker requires privileges that provide basic user capabilities that could normally affect only settings and files owned by a user. Alternatively, an attacker with Low privileges has the ability to access only non-sensitive resources."},H:{shortName:"H",value:.27,changedValue:.5,name:"High",jsonSchemaName:"HIGH",description:"The attacker requires privileges that provide significant (e.g., administrative) control over the vulnerable component allowing access to component-wide settings and files."}},a.PR={name:"Privileges Required",shortName:"PR",subCategory:"Exploitability Metrics",description:"This metric describes the level of privileges an attacker must possess before successfully exploiting the vulnerability.",values:[o.PR_VALUES.X,o.PR_VALUES.N,o.PR_VALUES.L,o.PR_VALUES.H]},a.UI_VALUES={X:{shortName:"X",value:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},N:{shortName:"N",value:.85,name:"None",jsonSchemaName:"NONE",description:"The vulnerable system can be exploited without interaction from any user."},R:{shortName:"R",value:.62,name:"Required",abbreviatedName:"Req.",jsonSchemaName:"REQUIRED",description:"Successful exploitation of this vulnerability requires a user to take some action before the vulnerability can be exploited. For example, a successful exploit may only be possible during the installation of an application by a system administrator."}},a.UI={name:"User Interaction",shortName:"UI",subCategory:"Exploitability Metrics",description:"This metric captures the requirement for a user, other than the attacker, to participate in the successful compromise of the vulnerable component.",values:[o.UI_VALUES.X,o.UI_VALUES.N,o.UI_VALUES.R]},a.S_VALUES={X:{shortName:"X",value:!1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},U:{shortName:"U",value:!1,name:"Unchanged",abbreviatedName:"Unchang.",jsonSchemaName:"UNCHANGED",description:"An exploited vulnerability can only affect resources managed by the same authority."},C:{shortName:"C",value:!0,name:"Changed",jsonSchemaName:"CHANGED",description:"An exploited vulnerability can affect resources beyond the authorization privileges intended by the vulnerable system's design."}},a.S={name:"Scope",shortName:"S",subCategory:"Exploitability Metrics",description:"Can an exploit of the vulnerability be accomplished remotely?",values:[o.S_VALUES.X,o.S_VALUES.U,o.S_VALUES.C]},a.C={name:"Confidentiality Impact",shortName:"C",subCategory:"Impact Metrics",description:"This metric measures the impact to the confidentiality of the information resources managed by a software component due to a successfully exploited vulnerability.",values:o.CONFIDENTIALITY_IMPACT},a.I={name:"Integrity Impact",shortName:"I",subCategory:"Impact Metrics",description:"This metric measures the impact to integrity of a successfully exploited vulnerability.",values:o.INTEGRITY_IMPACT},a.A={name:"Availability Impact",shortName:"A",subCategory:"Impact Metrics",description:"This metric measures the impact to the availability of the impacted component resulting from a successfully exploited vulnerability.",values:o.AVAILABILITY_IMPACT},a.BASE_CATEGORY_VALUES=[o.AV,o.AC,o.PR,o.UI,o.S,o.C,o.I,o.A],a.TEMPORAL_CATEGORY={name:"temporal",description:"This metric reflects the current state of exploit techniques or code availability."},a.E_VALUES={X:{shortName:"X",value:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},U:{shortName:"U",value:.91,name:"Unproven",abbreviatedName:"Unproven",description:"No exploit code is available, or an exploit is theoretical."},P:{shortName:"P",value:.94,name:"Proof-of-Concept",abbreviatedName:"Proof-of-conc.",jsonSchemaName:"PROOF_OF_CONCEPT",description:"Proof-of-concept exploit code is available, or an attack demonstration is not practical for most systems. The code or technique is not functional in all situations and may require substantial modification by a skilled attacker."},F:{shortName:"F",value:.97,name:"Functional",jsonSchemaName:"FUNCTIONAL",description:"Functional exploit code is available. The code works in most situations where the vulnerability exists."},H:{shortName:"H",value:1,name:"High",jsonSchemaName:"HIGH",description:"Functional exploit code is available. The code is widespread and automated and works in all situations where the vulnerability exists."}},a.E={name:"Exploit Code Maturity",shortName:"E",description:"This metric measures the likelihood of the vulnerability being attacked, and is typically based on the current state of exploit techniques, exploit code availability, or active, successful exploitation of the vulnerability.",values:[o.E_VALUES.X,o.E_VALUES.U,o.E_VALUES.P,o.E_VALUES.F,o.E_VALUES.H]},a.RL_VALUES={X:{shortName:"X",value:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},O:{shortName:"O",value:.95,name:"Official Fix",abbreviatedName:"Off. Fix",jsonSchemaName:"OFFICIAL_FIX",description:"A complete vendor solution is available. Either the vendor has issued an official patch, or an upgrade is available."},T:{shortName:"T",value:.96,name:"Temporary Fix",abbreviatedName:"Temp. Fix",jsonSchemaName:"TEMPORARY_FIX",description:"There is an official but temporary fix available. This includes instances where the vendor issues a temporary hotfix, tool, or workaround."},W:{shortName:"W",value:.97,name:"Workaround",jsonSchemaName:"WORKAROUND",description:"There is an unofficial, non-vendor solution available. In some cases, users of the affected technology will create a patch of their own or provide steps to work around or otherwise mitigate the vulnerability."},U:{shortName:"U",value:1,name:"Unavailable",jsonSchemaName:"UNAVAILABLE",description:"There is either no solution available or it is impossible to apply."}},a.RL={name:"Remediation Level",shortName:"RL",description:"This metric describes the remediation level for a vulnerability in an affected resource.",values:[o.RL_VALUES.X,o.RL_VALUES.O,o.RL_VALUES.T,o.RL_VALUES.W,o.RL_VALUES.U]},a.RC_VALUES={X:{shortName:"X",value:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},U:{shortName:"U",value:.92,name:"Unknown",description:"Report confidence is unknown."},R:{shortName:"R",value:.96,name:"Reasonable",jsonSchemaName:"REASONABLE",description:"Reasonable confidence exists, or the reported vulnerability is in a component not typically used by a target or not having a large installed base."},C:{shortName:"C",value:1,name:"Confirmed",jsonSchemaName:"CONFIRMED",description:"Confirmed confidence exists, or the exploit is functional in the environment where the vulnerability exists."}},a.RC={name:"Report Confidence",shortName:"RC",description:"This metric describes the level of confidence in the existence of the vulnerability and the credibility of the known technical details.",values:[o.RC_VALUES.X,o.RC_VALUES.U,o.RC_VALUES.R,o.RC_VALUES.C]},a.TEMPORAL_CATEGORY_VALUES=[o.E,o.RL,o.RC],a.ENVIRONMENTAL_CATEGORY={name:"environmental",description:"This metric reflects the characteristics of a vulnerability that are relevant and unique to a particular user's environment. This metric can greatly improve the accuracy of a score."},a.MAV_VALUES={X:{shortName:"X",value:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},N:{shortName:"N",value:.85,name:"Network",abbreviatedName:"Netw.",jsonSchemaName:"NETWORK",description:"The vulnerable component is bound to the network stack and the set of possible attackers extends beyond the other options listed below, up to and including the entire Internet."},A:{shortName:"A",value:.62,name:"Adjacent Network",abbreviatedName:"Adj. Network",jsonSchemaName:"ADJACENT_NETWORK",description:"The vulnerable component is bound to the network stack, but the attack is limited at the protocol level to a logically adjacent topology."},L:{shortName:"L",value:.55,name:"Local",jsonSchemaName:"LOCAL",description:"The vulnerable component is not bound to the network stack and the attacker's path is via read/write/execute capabilities."},P:{shortName:"P",value:.2,name:"Physical",abbreviatedName:"Phys.",jsonSchemaName:"PHYSICAL",description:"The attack requires the attacker to physically touch or manipulate the vulnerable component."}},a.MAV={name:"Modified Attack Vector",shortName:"MAV",subCategory:"Exploitability Metrics",description:"This metric reflects the context by which vulnerability exploitation is possible. The more remote an attacker can be to attack a host, the greater the vulnerability score.",baseMetricEquivalent:o.AV,values:[o.MAV_VALUES.X,o.MAV_VALUES.N,o.MAV_VALUES.A,o.MAV_VALUES.L,o.MAV_VALUES.P]},a.MAC_VALUES={X:{shortName:"X",value:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},L:{shortName:"L",value:.77,name:"Low",jsonSchemaName:"LOW",description:"Specialized access conditions or extenuating circumstances do not exist. An attacker can expect repeatable success when attacking the vulnerable component."},H:{shortName:"H",value:.44,name:"High",jsonSchemaName:"HIGH",description:"A successful attack depends on conditions beyond the attacker's control. That is, a successful attack cannot be accomplished at will, but requires the attacker to invest in some measurable amount of effort in preparation or execution against the vulnerable component before a successful attack can be expected."}},a.MAC={name:"Modified Attack Complexity",shortName:"MAC",subCategory:"Exploitability Metrics",description:"This metric describes the conditions beyond the attacker's control that must exist in order to exploit the vulnerability.",baseMetricEquivalent:o.AC,values:[o.MAC_VALUES.X,o.MAC_VALUES.L,o.MAC_VALUES.H]},a.MPR_VALUES={X:{shortName:"X",value:1,changedValue:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},N:{shortName:"N",value:.85,changedValue:.85,name:"None",jsonSchemaName:"NONE",description:"The attacker is unauthorized prior to attack, and therefore does not require any access to settings or files of the vulnerable system to carry out an attack."},L:{shortName:"L",value:.62,changedValue:.68,name:"Low",jsonSchemaName:"LOW",description:"The attacker requires privileges that provide basic user capabilities that could normally affect only settings and files owned by a user. Alternatively, an attacker with Low privileges has the ability to access only non-sensitive resources."},H:{shortName:"H",value:.27,changedValue:.5,name:"High",jsonSchemaName:"HIGH",description:"The attacker requires privileges that provide significant (e.g., administrative) control over the vulnerable component allowing access to component-wide settings and files."}},a.MPR={name:"Modified Privileges Required",shortName:"MPR",subCategory:"Exploitability Metrics",description:"This metric describes the level of privileges an attacker must possess before successfully exploiting the vulnerability.",baseMetricEquivalent:o.PR,values:[o.MPR_VALUES.X,o.MPR_VALUES.N,o.MPR_VALUES.L,o.MPR_VALUES.H]},a.MUI_VALUES={X:{shortName:"X",value:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},N:{shortName:"N",value:.85,name:"None",jsonSchemaName:"NONE",description:"The vulnerable system can be exploited without interaction from any user."},R:{shortName:"R",value:.62,name:"Required",jsonSchemaName:"REQUIRED",description:"Successful exploitation of this vulnerability requires a user to take some action before the vulnerability can be exploited. For example, a successful exploit may only be possible during the installation of an application by a system administrator."}},a.MUI={name:"Modified User Interaction",shortName:"MUI",subCategory:"Exploitability Metrics",description:"This metric captures the requirement for a user, other than the attacker, to participate in the successful compromise of the vulnerable component.",baseMetricEquivalent:o.UI,values:[o.MUI_VALUES.X,o.MUI_VALUES.N,o.MUI_VALUES.R]},a.MS_VALUES={X:{shortName:"X",value:!1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},U:{shortName:"U",value:!1,name:"Unchanged",abbreviatedName:"Unchang.",jsonSchemaName:"UNCHANGED",description:"An exploited vulnerability can only affect resources managed by the same authority."},C:{shortName:"C",value:!0,name:"Changed",jsonSchemaName:"CHANGED",description:"An exploited vulnerability can affect resources beyond the authorization privileges intended by the vulnerable system's design."}},a.MS={name:"Modified Scope",shortName:"MS",subCategory:"Exploitability Metrics",description:"Can an exploit of the vulnerability be accomplished remotely?",baseMetricEquivalent:o.S,values:[o.MS_VALUES.X,o.MS_VALUES.U,o.MS_VALUES.C]},a.MC={name:"Confidentiality Impact",shortName:"MC",subCategory:"Modified Impact",description:"This metric measures the impact to the confidentiality of the information resources managed by a software component due to a successfully exploited vulnerability.",baseMetricEquivalent:o.C,values:o.CONFIDENTIALITY_IMPACT},a.MI={name:"Integrity Impact",shortName:"MI",subCategory:"Modified Impact",description:"This metric measures the impact to integrity of a successfully exploited vulnerability.",baseMetricEquivalent:o.I,values:o.INTEGRITY_IMPACT},a.MA={name:"Availability Impact",shortName:"MA",subCategory:"Modified Impact",description:"This metric measures the impact to the availability of the impacted component resulting from a successfully exploited vulnerability.",baseMetricEquivalent:o.A,values:o.AVAILABILITY_IMPACT},a.CR={name:"Confidentiality Requirement",shortName:"CR",subCategory:"Modified Requirement (Impact Subscore) Modifiers",description:"This metric describes the remediation level for a vulnerability in an affected resource.",values:o.CONFIDENTIALITY_REQUIREMENT},a.IR={name:"Integrity Requirement",shortName:"IR",subCategory:"Modified Requirement (Impact Subscore) Modifiers",description:"This metric describes the remediation level for a vulnerability in an affected resource.",values:o.INTEGRITY_REQUIREMENT},a.AR={name:"Availability Requirement",shortName:"AR",subCategory:"Modified Requirement (Impact Subscore) Modifiers",description:"This metric describes the remediation level for a vulnerability in an affected resource.",values:o.AVAILABILITY_REQUIREMENT},a.ENVIRONMENTAL_CATEGORY_VALUES=[o.CR,o.IR,o.AR,o.MAV,o.MAC,o.MPR,o.MUI,o.MS,o.MC,o.MI,o.MA],a.REGISTERED_COMPONENTS=new Map,o.REGISTERED_COMPONENTS.set(o.BASE_CATEGORY,o.BASE_CATEGORY_VALUES),o.REGISTERED_COMPONENTS.set(o.TEMPORAL_CATEGORY,o.TEMPORAL_CATEGORY_VALUES),o.REGISTERED_COMPONENTS.set(o.ENVIRONMENTAL_CATEGORY,o.ENVIRONMENTAL_CATEGORY_VALUES),a.ATTRIBUTE_SEVERITY_ORDER=[[o.S_VALUES.U,o.MS_VALUES.U],[o.CONFIDENTIALITY_IMPACT_VALUES.N,o.INTEGRITY_IMPACT_VALUES.N,o.AVAILABILITY_IMPACT_VALUES.N],[o.AV_VALUES.P,o.MAV_VALUES.P],[o.CONFIDENTIALITY_IMPACT_VALUES.L,o.INTEGRITY_IMPACT_VALUES.L,o.AVAILABILITY_IMPACT_VALUES.L],[o.PR_VALUES.H,o.MPR_VALUES.H],[o.AC_VALUES.H,o.MAC_VALUES.H],[o.CONFIDENTIALITY_REQUIREMENT_VALUES.L,o.INTEGRITY_REQUIREMENT_VALUES.L,o.AVAILABILITY_REQUIREMENT_VALUES.L],[o.AV_VALUES.L,o.MAV_VALUES.L],[o.CONFIDENTIALITY_IMPACT_VALUES.H,o.INTEGRITY_IMPACT_VALUES.H,o.AVAILABILITY_IMPACT_VALUES.H],[o.AV_VALUES.A,o.MAV_VALUES.A],[o.UI_VALUES.R,o.MUI_VALUES.R],[o.PR_VALUES.L,o.MPR_VALUES.L],[o.AC_VALUES.L,o.MAC_VALUES.L],[o.AV_VALUES.N,o.MAV_VALUES.N],[o.PR_VALUES.N,o.MPR_VALUES.N],[o.UI_VALUES.N,o.MUI_VALUES.N],[o.E_VALUES.U],[o.E_VALUES.P],[o.E_VALUES.F],[o.E_VALUES.H],[o.E_VALUES.X],[o.RC_VALUES.U],[o.RL_VALUES.O],[o.RL_VALUES.T],[o.RC_VALUES.R],[o.RL_VALUES.W],[o.AV_VALUES.X,o.MAV_VALUES.X],[o.AC_VALUES.X,o.MAC_VALUES.X],[o.PR_VALUES.X,o.MPR_VALUES.X],[o.UI_VALUES.X,o.MUI_VALUES.X],[o.S_VALUES.C,o.MS_VALUES.C],[o.S_VALUES.X,o.MS_VALUES.X],[o.CONFIDENTIALITY_IMPACT_VALUES.X],[o.INTEGRITY_IMPACT_VALUES.X],[o.AVAILABILITY_IMPACT_VALUES.X],[o.RL_VALUES.U],[o.RL_VALUES.X],[o.RC_VALUES.C],[o.RC_VALUES.X],[o.CONFIDENTIALITY_REQUIREMENT_VALUES.M,o.INTEGRITY_REQUIREMENT_VALUES.M,o.AVAILABILITY_REQUIREMENT_VALUES.M],[o.CONFIDENTIALITY_REQUIREMENT_VALUES.X,o.INTEGRITY_REQUIREMENT_VALUES.X,o.AVAILABILITY_REQUIREMENT_VALUES.X],[o.CONFIDENTIALITY_REQUIREMENT_VALUES.H,o.INTEGRITY_REQUIREMENT_VALUES.H,o.AVAILABILITY_REQUIREMENT_VALUES.H]]},371:(e,t,o)=>{Object.defineProperty(t,"__esModule",{value:!0}),t.Cvss3P1=void 0;const a=o(154),i=o(951);class s extends a.CvssVector{constructor(e){super(e)}getRegisteredComponents(){return i.Cvss3P1Components.REGISTERED_COMPONENTS}getVectorPrefix(){return"CVSS:3.1/"}getVectorName(){return"CVSS:3.1"}fillAverageVector(){this.applyVector("AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:L/A:L")}fillRandomBaseVector(){this.fillRandomComponentsForCategory(i.Cvss3P1Components.BASE_CATEGORY)}fillRandomTemporalVector(){this.fillRandomComponentsForCategory(i.Cvss3P1Components.TEMPORAL_CATEGORY)}fillRandomEnvironmentalVector(){this.fillRandomComponentsForCategory(i.Cvss3P1Components.ENVIRONMENTAL_CATEGORY)}fillRandomComponentsForCategory(e){const t=i.Cvss3P1Components.REGISTERED_COMPONENTS.get(e);if(t)for(let e=0;e<t.length;e++){const o=t[e],a=super.pickRandomDefinedComponentValue(o);if(!a)return console.warn("Failed to pick random vector component for",o),void this.fillAverageVector();this.applyComponent(o,a)}else console.warn("Failed to pick random vector components for",e)}calculateScoresInternal(e=!1){const t=this.isBaseFullyDefined(),o=this.isAnyTemporalDefined(),a=this.isAnyEnvironmentalDefined();return{normalized:e,base:t?super.round(this.calculateExactBaseScore(),1):void 0,impact:t?super.normalizeScore(super.round(this.calculateImpactScore(),1),e?6:10):void 0,exploitability:t?super.normalizeScore(super.round(this.calculateExactExploitabilityScore(),1),e?3.9:10):void 0,temporal:t&&o?super.round(this.calculateExactTemporalScore(),1):void 0,environmental:t&&a?super.round(this.calculateExactEnvironmentalScore(),1):void 0,modifiedImpact:t&&a?super.normalizeScore(super.round(Math.max(0,this.calculateExactAdjustedImpactScore()),1),e?6.1:10):void 0,overall:super.round(this.calculateExactOverallScore(),1),vector:this.toString()}}calculateExactBaseScore(){if(!this.isBaseFullyDefined())return 0;let e=this.calculateExactImpactScore();if(e<=0)return 0;let t=this.calculateExactExploitabilityScore();return this.getComponent(i.Cvss3P1Components.S).value?super.roundUp(Math.min(s.SCOPE_COEFFICIENT*(e+t),10)):super.roundUp(Math.min(e+t,10))}calculateImpactScore(){const e=this.calculateExactImpactScore();return e<=0?0:e}calculateExactImpactScore(){let e=this.calculateExactISSScore();return this.getComponent(i.Cvss3P1Components.S).value?s.SCOPE_CHANGED_FACTOR*(e-.029)-3.25*Math.pow(e-.02,15):s.SCOPE_UNCHANGED_FACTOR*e}calculateExactISSScore(){return 1-(1-this.getComponent(i.Cvss3P1Components.C).value)*(1-this.getComponent(i.Cvss3P1Components.I).value)*(1-this.getComponent(i.Cvss3P1Components.A).value)}calculateExactMISSScore(){let e,t,o,a,s,n,r=this.getComponent(i.Cvss3P1Components.MC),c=this.getComponent(i.Cvss3P1Components.MI),l=this.getComponent(i.Cvss3P1Components.MA),m=this.getComponent(i.Cvss3P1Components.C),h=this.getComponent(i.Cvss3P1Components.I),E=this.getComponent(i.Cvss3P1Components.A),u=this.getComponent(i.Cvss3P1Components.CR),d=this.getComponent(i.Cvss3P1Components.IR),p=this.getComponent(i.Cvss3P1Components.AR);return e=r===i.Cvss3P1Components.MC.values[0]?m.value:r.value,t=c===i.Cvss3P1Components.MI.values[0]?h.value:c.value,o=l===i.Cvss3P1Components.MA.values[0]?E.value:l.value,i.Cvss3P1Components.CR.values[0],a=u.value,i.Cvss3P1Components.IR.values[0],s=d.value,i.Cvss3P1Components.AR.values[0],n=p.value,Math.min(1-(1-a*e)*(1-s*t)*(1-n*o),.915)}calculateExactExploitabilityScore(){const e=this.getComponent(i.Cvss3P1Components.AV).value,t=this.getComponent(i.Cvss3P1Components.AC).value,o=this.getComponent(i.Cvss3P1Components.UI).value;let a;return a=this.getComponent(i.Cvss3P1Components.S).value?this.getComponent(i.Cvss3P1Components.PR).changedValue:this.getComponent(i.Cvss3P1Components.PR).value,s.EXPLOITABILITY_COEFFICIENT*e*t*a*o}calculateExactTemporalScore(){if(!this.isBaseFullyDefined())return 0;if(!this.isAnyTemporalDefined())return 0;let e=this.getComponent(i.Cvss3P1Components.E).value,t=this.getComponent(i.Cvss3P1Components.RL).value,o=this.getComponent(i.Cvss3P1Components.RC).value,a=this.calculateExactBaseScore();return super.roundUp(a*e*t*o)}calculateExactEnvironmentalScore(){if(!this.isBaseFullyDefined())return 0;if(!this.isAnyEnvironmentalDefined())return 0;let e=this.calculateExactAdjustedImpactScore();if(e<=0)return 0;let t=this.calculateAdjustedExploitability(),o=this.getComponent(i.Cvss3P1Components.E).value,a=this.getComponent(i.Cvss3P1Components.RL).value,n=this.getComponent(i.Cvss3P1Components.RC).value;if(this.isModifiedScope()){let i=super.roundUp(Math.min(e+t,10));return super.roundUp(i*o*a*n)}{let i=super.roundUp(Math.min(s.SCOPE_COEFFICIENT*(e+t),10));return super.roundUp(i*o*a*n)}}calculateExactAdjustedImpactScore(){if(!this.isBaseFullyDefined())return 0;if(!this.isAnyEnvironmentalDefined())return 0;let e=this.calculateExactMISSScore();return this.isModifiedScope()?s.SCOPE_UNCHANGED_FACTOR*e:s.SCOPE_CHANGED_FACTOR*(e-.029)-3.25*Math.pow(.9731*e-.02,13)}calculateAdjustedExploitability(){let e,t=this.getFirstDefinedComponent([i.Cvss3P1Components.MAV,i.Cvss3P1Components.AV]).value,o=this.getFirstDefinedComponent([i.Cvss3P1Components.MAC,i.Cvss3P1Components.AC]).value,a=this.getFirstDefinedComponent([i.Cvss3P1Components.MUI,i.Cvss3P1Components.UI]).value,n=this.getFirstDefinedComponent([i.Cvss3P1Components.MPR,i.Cvss3P1Components.PR]);return e=this.isModifiedScope()?n.value:n.changedValue,s.EXPLOITABILITY_COEFFICIENT*t*o*e*a}isModifiedScope(){let e=this.getComponent(i.Cvss3P1Components.S),t=this.getComponent(i.Cvss3P1Components.MS);return t===i.Cvss3P1Components.MS.values[0]?!e.value:!t.value}calculateExactOverallScore(){return this.isAnyEnvironmentalDefined()?this.calculateExactEnvironmentalScore():this.isAnyTemporalDefined()?this.calculateExactTemporalScore():this.calculateExactBaseScore()}isBaseFullyDefined(){return super.isCategoryFullyDefined(i.Cvss3P1Components.BASE_CATEGORY)}isTemporalFullyDefined(){return super.isCategoryFullyDefined(i.Cvss3P1Components.TEMPORAL_CATEGORY)}isEnvironmentalFullyDefined(){return super.isCategoryFullyDefined(i.Cvss3P1Components.ENVIRONMENTAL_CATEGORY)}isAnyBaseDefined(){return super.isCategoryPartiallyDefined(i.Cvss3P1Components.BASE_CATEGORY)}isAnyTemporalDefined(){return super.isCategoryPartiallyDefined(i.Cvss3P1Components.TEMPORAL_CATEGORY)}isAnyEnvironmentalDefined(){return super.isCategoryPartiallyDefined(i.Cvss3P1Components.ENVIRONMENTAL_CATEGORY)}getJsonSchemaSeverity(e){return 0===e||isNaN(e)?"NONE":e<=3.9?"LOW":e<=6.9?"MEDIUM":e<=8.9?"HIGH":"CRITICAL"}createJsonSchema(){const e=this.calculateScores();return{version:"3.1",vectorString:this.toString(),baseScore:e.base,temporalScore:e.temporal,environmentalScore:e.environmental,baseSeverity:this.getJsonSchemaSeverity(e.base),temporalSeverity:e.temporal?this.getJsonSchemaSeverity(e.temporal):void 0,environmentalSeverity:e.environmental?this.getJsonSchemaSeverity(e.environmental):void 0,attackVector:this.getComponent(i.Cvss3P1Components.AV).jsonSchemaName,attackComplexity:this.getComponent(i.Cvss3P1Components.AC).jsonSchemaName,privilegesRequired:this.getComponent(i.Cvss3P1Components.PR).jsonSchemaName,userInteraction:this.getComponent(i.Cvss3P1Components.UI).jsonSchemaName,scope:this.getComponent(i.Cvss3P1Components.S).jsonSchemaName,confidentialityImpact:this.getComponent(i.Cvss3P1Components.C).jsonSchemaName,integrityImpact:this.getComponent(i.Cvss3P1Components.I).jsonSchemaName,availabilityImpact:this.getComponent(i.Cvss3P1Components.A).jsonSchemaName,exploitCodeMaturity:this.getComponent(i.Cvss3P1Components.E).jsonSchemaName,remediationLevel:this.getComponent(i.Cvss3P1Components.RL).jsonSchemaName,reportConfidence:this.getComponent(i.Cvss3P1Components.RC).jsonSchemaName,confidentialityRequirement:this.getComponent(i.Cvss3P1Components.CR).jsonSchemaName,integrityRequirement:this.getComponent(i.Cvss3P1Components.IR).jsonSchemaName,availabilityRequirement:this.getComponent(i.Cvss3P1Components.AR).jsonSchemaName,modifiedAttackVector:this.getComponent(i.Cvss3P1Components.MAV).jsonSchemaName,modifiedAttackComplexity:this.getComponent(i.Cvss3P1Components.MAC).jsonSchemaName,modifiedPrivilegesRequired:this.getComponent(i.Cvss3P1Components.MPR).jsonSchemaName,modifiedUserInteraction:this.getComponent(i.Cvss3P1Components.MUI).jsonSchemaName,modifiedScope:this.getComponent(i.Cvss3P1Components.MS).jsonSchemaName,modifiedConfidentialityImpact:this.getComponent(i.Cvss3P1Components.MC).jsonSchemaName,modifiedIntegrityImpact:this.getComponent(i.Cvss3P1Components.MI).jsonSchemaName,modifiedAvailabilityImpact:this.getComponent(i.Cvss3P1Components.MA).jsonSchemaName}}}t.Cvss3P1=s,s.SCOPE_CHANGED_FACTOR=7.52,s.SCOPE_UNCHANGED_FACTOR=6.42,s.EXPLOITABILITY_COEFFICIENT=8.22,s.SCOPE_COEFFICIENT=1.08},475:(e,t,o)=>{Object.defineProperty(t,"__esModule",{value:!0}),t.Cvss2=void 0;const a=o(154),i=o(479);class s extends a.CvssVector{constructor(e){super(e)}getRegisteredComponents(){return i.Cvss2Components.REGISTERED_COMPONENTS}getVectorPrefix(){return""}getVectorName(){return"CVSS:2.0"}fillAverageVector(){this.applyVector("AV:A/AC:M/Au:N/C:P/I:P/A:P")}fillRandomBaseVector(){const e=i.Cvss2Components.BASE_CATEGORY_VALUES;for(let t=0;t<e.length;t++){const o=e[t],a=super.pickRandomDefinedComponentValue(o);if(!a)return console.warn("Failed to pick random vector component for",o),void this.fillAverageVector();this.applyComponent(o,a)}}calculateScoresInternal(e=!1){const t=this.isBaseFullyDefined(),o=this.isAnyTemporalDefined(),a=this.isAnyEnvironmentalDefined();return{normalized:e,base:t?super.round(this.calculateExactBaseScore(),1):void 0,impact:t?super.round(this.calculateExactImpactScore(),1):void 0,exploitability:t?super.round(this.calculateExactExploitabilityScore(),1):void 0,temporal:t&&o?super.round(this.calculateExactTemporalScore(),1):void 0,environmental:t&&a?super.round(this.calculateExactEnvironmentalScore(),1):void 0,modifiedImpact:t&&a?super.round(this.calculateExactAdjustedImpactScore(),1):void 0,overall:super.round(this.calculateExactOverallScore(),1),vector:this.toString()}}calculateExactBaseScore(){if(!this.isBaseFullyDefined())return 0;let e=this.calculateExactImpactScore();return(.6*e+.4*this.calculateExactExploitabilityScore()-1.5)*this.f(e)}calculateExactImpactScore(){return this.isBaseFullyDefined()?10.41*(1-(1-this.getComponent(i.Cvss2Components.C).value)*(1-this.getComponent(i.Cvss2Components.I).value)*(1-this.getComponent(i.Cvss2Components.A).value)):0}calculateExactExploitabilityScore(){return this.isBaseFullyDefined()?20*this.getComponent(i.Cvss2Components.AC).value*this.getComponent(i.Cvss2Components.Au).value*this.getComponent(i.Cvss2Components.AV).value:0}calculateExactTemporalScore(){return this.isAnyTemporalDefined()?super.round(this.calculateExactBaseScore(),1)*this.getComponent(i.Cvss2Components.E).value*this.getComponent(i.Cvss2Components.RL).value*this.getComponent(i.Cvss2Components.RC).value:0}calculateExactAdjustedBaseScore(){let e=this.calculateExactAdjustedImpactScore(),t=this.calculateExactExploitabilityScore();return t=this.round(t,1),(.6*e+.4*t-1.5)*this.f(e)}calculateExactAdjustedTemporalScore(){return this.calculateExactAdjustedBaseScore()*this.getComponent(i.Cvss2Components.E).value*this.getComponent(i.Cvss2Components.RL).value*this.getComponent(i.Cvss2Components.RC).value}calculateExactEnvironmentalScore(){if(!this.isAnyEnvironmentalDefined())return 0;let e=this.calculateExactAdjustedTemporalScore();return(e+(10-e)*this.getComponent(i.Cvss2Components.CDP).value)*this.getComponent(i.Cvss2Components.TD).value}calculateExactAdjustedImpactScore(){if(!this.isAnyEnvironmentalDefined())return 0;let e=this.getComponent(i.Cvss2Components.C).value,t=this.getComponent(i.Cvss2Components.I).value,o=this.getComponent(i.Cvss2Components.A).value,a=this.getComponent(i.Cvss2Components.CR).value,s=this.getComponent(i.Cvss2Components.IR).value,n=this.getComponent(i.Cvss2Components.AR).value;return Math.min(10,10.41*(1-(1-e*a)*(1-t*s)*(1-o*n)))}calculateExactOverallScore(){return this.isAnyEnvironmentalDefined()?this.calculateExactEnvironmentalScore():this.isAnyTemporalDefined()?this.calculateExactTemporalScore():this.calculateExactBaseScore()}isBaseFullyDefined(){return super.isCategoryFullyDefined(i.Cvss2Components.BASE_CATEGORY)}isTemporalFullyDefined(){return super.isCategoryFullyDefined(i.Cvss2Components.TEMPORAL_CATEGORY)}isEnvironmentalFullyDefined(){return super.isCategoryFullyDefined(i.Cvss2Components.ENVIRONMENTAL_CATEGORY)}isAnyBaseDefined(){return super.isCategoryPartiallyDefined(i.Cvss2Components.BASE_CATEGORY)}isAnyTemporalDefined(){return super.isCategoryPartiallyDefined(i.Cvss2Components.TEMPORAL_CATEGORY)}isAnyEnvironmentalDefined(){return super.isCategoryPartiallyDefined(i.Cvss2Components.ENVIRONMENTAL_CATEGORY)}f(e){return 0===e?0:1.176}createJsonSchema(){const e=this.calculateScores();return{version:"2.0",vectorString:this.toString(),baseScore:e.base,temporalScore:e.temporal,environmentalScore:e.environmental,accessVector:this.getComponent(i.Cvss2Components.AV).jsonSchemaName,accessComplexity:this.getComponent(i.Cvss2Components.AC).jsonSchemaName,authentication:this.getComponent(i.Cvss2Components.Au).jsonSchemaName,confidentialityImpact:this.getComponent(i.Cvss2Components.C).jsonSchemaName,integrityImpact:this.getComponent(i.Cvss2Components.I).jsonSchemaName,availabilityImpact:this.getComponent(i.Cvss2Components.A).jsonSchemaName,exploitability:this.getComponent(i.Cvss2Components.E).jsonSchemaName,remediationLevel:this.getComponent(i.Cvss2Components.RL).jsonSchemaName,reportConfidence:this.getComponent(i.Cvss2Components.RC).jsonSchemaName,collateralDamagePotential:this.getComponent(i.Cvss2Components.CDP).jsonSchemaName,targetDistribution:this.getComponent(i.Cvss2Components.TD).jsonSchemaName,confidentialityRequirement:this.getComponent(i.Cvss2Components.CR).jsonSchemaName,integrityRequirement:this.getComponent(i.Cvss2Components.IR).jsonSchemaName,availabilityRequirement:this.getComponent(i.Cvss2Components.AR).jsonSchemaName}}}t.Cvss2=s},479:(e,t,o)=>{var a;Object.defineProperty(t,"__esModule",{value:!0}),t.Cvss2Components=void 0;const i=o(154);class s{}t.Cvss2Components=s,a=s,s.BASE_CATEGORY={name:"base",description:"Represents the intrinsic and fundamental characteristics of a vulnerability that are constant over time and user environments."},s.AV_VALUES={ND:{shortName:"ND",value:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Assigning this value to the metric will result in no score being calculated."},L:{shortName:"L",value:.395,name:"Local",jsonSchemaName:"LOCAL",description:"A vulnerability exploitable with only local access requires the attacker to have either physical access to the vulnerable system or a local (shell) account. Examples of locally exploitable vulnerabilities are peripheral attacks such as Firewire/USB DMA attacks, and local privilege escalations (e.g., sudo)."},A:{shortName:"A",value:.646,name:"Adjacent Network",abbreviatedName:"Adj. Network",jsonSchemaName:"ADJACENT_NETWORK",description:"A vulnerability exploitable with adjacent network access requires the attacker to have access to either the broadcast or collision domain of the vulnerable software.  Examples of local networks include local IP subnet, Bluetooth, IEEE 802.11, and local Ethernet segment."},N:{shortName:"N",value:1,name:"Network",jsonSchemaName:"NETWORK",description:'A vulnerability exploitable with network access means the vulnerable software is bound to the network stack and the attacker does not require local network access or local access. Such a vulnerability is often termed "remotely exploitable". An example of a network attack is an RPC buffer overflow.'}},s.AV={name:"Access Vector",shortName:"AV",subCategory:"Exploitability Metrics",description:"This metric reflects how the vulnerability is exploited. The more remote an attacker can be to attack a host, the greater the vulnerability score.",values:[a.AV_VALUES.ND,a.AV_VALUES.L,a.AV_VALUES.A,a.AV_VALUES.N]},s.AC_VALUES={ND:{shortName:"ND",value:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Assigning this value to the metric will result in no score being calculated."},H:{shortName:"H",value:.35,name:"High",jsonSchemaName:"HIGH",description:"Specialized access conditions exist. For example, an attacker can only exploit the vulnerability under very specialized conditions."},M:{shortName:"M",value:.61,name:"Medium",jsonSchemaName:"MEDIUM",description:"The access conditions are somewhat specialized. For example, the attacker can only exploit the vulnerability under certain conditions."},L:{shortName:"L",value:.71,name:"Low",jsonSchemaName:"LOW",description:"Specialized access conditions or extenuating circumstances do not exist. For example, an attacker can exploit the vulnerability under most conditions."}},s.AC={name:"Access Complexity",shortName:"AC",subCategory:"Exploitability Metrics",description:'This metric measures the complexity of the attack required to exploit the vulnerability once an attacker has gained access to the target system. For example, consider a buffer overflow in an Internet service: If the vulnerability is exploitable only once a user has been authenticated by the service, the vulnerability is only "Medium" complexity. If, however, the vulnerability can be exploited anonymously, it is "Low" complexity.',values:[a.AC_VALUES.ND,a.AC_VALUES.H,a.AC_VALUES.M,a.AC_VALUES.L]},s.Au_VALUES={ND:{shortName:"ND",value:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Assigning this value to the metric will result in no score being calculated."},M:{shortName:"M",value:.45,name:"Multiple",jsonSchemaName:"MULTIPLE",description:"Exploiting the vulnerability requires that the attacker authenticate two or more times, even if the same credentials are used each time. An example is an attacker authenticating to an operating system in addition to providing credentials to access an application hosted on that system."},S:{shortName:"S",value:.56,name:"Single",jsonSchemaName:"SINGLE",description:"The vulnerability requires an attacker to be logged into the system (such as at a command line or via a desktop session or web interface)."},N:{shortName:"N",value:.704,name:"None",jsonSchemaName:"NONE",description:"Authentication is not required to exploit the vulnerability."}},s.Au={name:"Authentication",shortName:"Au",subCategory:"Exploitability Metrics",description:'This metric measures the number of times an attacker must authenticate to a target in order to exploit a vulnerability. "Multiple" means that the attacker must authenticate two or more times, "Single" means that the attacker must authenticate once, and "None" means that the attacker need not authenticate at all to exploit the vulnerability.',values:[a.Au_VALUES.ND,a.Au_VALUES.M,a.Au_VALUES.S,a.Au_VALUES.N]},s.C_VALUES={ND:{shortName:"ND",value:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Assigning this value to the metric will result in no score being calculated."},N:{shortName:"N",value:0,name:"None",jsonSchemaName:"NONE",description:"There is no impact to the confidentiality of the system."},P:{shortName:"P",value:.275,name:"Partial",jsonSchemaName:"PARTIAL",description:"There is considerable informational disclosure. Access to some system files is possible, but the attacker does not have control over what is obtained, or the scope of the loss is constrained. An example is a vulnerability that divulges only certain tables in a database."},C:{shortName:"C",value:.66,name:"Complete",jsonSchemaName:"COMPLETE",description:"There is total information disclosure, resulting in all system files being revealed. The attacker is able to read all of the system's data (memory, files, etc.)"}},s.C={name:"Confidentiality Impact",shortName:"C",subCategory:"Impact Metrics",description:"This metric measures the impact to the confidentiality of the information resources managed by a software component due to a successfully exploited vulnerability. Confidentiality refers to limiting information access and disclosure to only authorized users, as well as preventing access by, or disclosure to, unauthorized ones.",values:[a.C_VALUES.ND,a.C_VALUES.N,a.C_VALUES.P,a.C_VALUES.C]},s.I_VALUES={ND:{shortName:"ND",value:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Assigning this value to the metric will result in no score being calculated."},N:{shortName:"N",value:0,name:"None",jsonSchemaName:"NONE",description:"There is no impact to the integrity of the system."},P:{shortName:"P",value:.275,name:"Partial",jsonSchemaName:"PARTIAL",description:"Modification of some system files or information is possible, but the attacker does not have control over what can be modified, or the scope of what the attacker can affect is limited. For example, system or application files may be overwritten or modified, but either the attacker has no control over which files are affected or the attacker can modify files within only a limited context or scope."},C:{shortName:"C",value:.66,name:"Complete",jsonSchemaName:"COMPLETE",description:"There is a total compromise of system integrity. There is a complete loss of system protection, resulting in the entire system being compromised. The attacker is able to modify any files on the target system."}},s.I={name:"Integrity Impact",shortName:"I",subCategory:"Impact Metrics",description:"This metric measures the impact to integrity of a successfully exploited vulnerability. Integrity refers to the trustworthiness and guaranteed veracity of information.",values:[a.I_VALUES.ND,a.I_VALUES.N,a.I_VALUES.P,a.I_VALUES.C]},s.A_VALUES={ND:{shortName:"ND",value:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Assigning this value to the metric will result in no score being calculated."},N:{shortName:"N",value:0,name:"None",jsonSchemaName:"NONE",description:"There is no impact to availability within the impacted component."},P:{shortName:"P",value:.275,name:"Partial",jsonSchemaName:"PARTIAL",description:"There is reduced performance or interruptions in resource availability. An example is a network-based flood attack that permits a limited number of successful connections to an Internet service."},C:{shortName:"C",value:.66,name:"Complete",jsonSchemaName:"COMPLETE",description:"There is a total shutdown of the affected resource. The attacker can render the resource completely unavailable."}},s.A={name:"Availability Impact",shortName:"A",subCategory:"Impact Metrics",description:"This metric measures the impact to the availability of the impacted component resulting from a successfully exploited vulnerability. While the Confidentiality and Integrity impact metrics apply to the loss of confidentiality or integrity of data (e.g., information, files) used by the impacted component, this metric refers to the loss of availability of the impacted component itself, such as a networked service (e.g., web, database, email). Since availability refers to the accessibility of information resources, attacks that consume network bandwidth, processor cycles, or disk space all impact the availability of an impacted component. This metric considers only the availability of the impacted component itself.",values:[a.A_VALUES.ND,a.A_VALUES.N,a.A_VALUES.P,a.A_VALUES.C]},s.BASE_CATEGORY_VALUES=[a.AV,a.AC,a.Au,a.C,a.I,a.A],s.TEMPORAL_CATEGORY={name:"temporal",description:"The threat posed by a vulnerability may change over time. Three such factors that CVSS captures are: confirmation of the technical details of a vulnerability, the remediation status of the vulnerability, and the availability of exploit code or techniques. Since temporal metrics are optional they each include a metric value that has no effect on the score."},s.E_VALUES={ND:{shortName:"ND",value:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Assigning this value to the metric will not influence the score. It is a signal to the equation to skip this metric."},U:{shortName:"U",value:.85,name:"Unproven",jsonSchemaName:"UNPROVEN",description:"No exploit code is available, or an exploit is entirely theoretical."},POC:{shortName:"POC",value:.9,name:"Proof-of-concept",abbreviatedName:"Proof-of-conc.",jsonSchemaName:"PROOF_OF_CONCEPT",description:"Proof-of-concept exploit code or an attack demonstration that is not practical for most systems is available. The code or technique is not functional in all situations and may require substantial modification by a skilled attacker."},F:{shortName:"F",value:.95,name:"Functional",jsonSchemaName:"FUNCTIONAL",description:"Functional exploit code is available. The code works in most situations where the vulnerability exists."},H:{shortName:"H",value:1,name:"High",jsonSchemaName:"HIGH",description:"Either the vulnerability is exploitable by functional mobile autonomous code, or no exploit is required (manual trigger) and details are widely available. The code works in every situation, or is actively being delivered via a mobile autonomous agent (such as a worm or virus)."}},s.E={name:"Exploitability",shortName:"E",description:'This metric measures the current state of exploit techniques or code availability. "Unproven that exploit exists" is the lowest impact and "Proof-of-concept code" is the highest impact.',values:[a.E_VALUES.ND,a.E_VALUES.U,a.E_VALUES.POC,a.E_VALUES.F,a.E_VALUES.H]},s.RL_VALUES={ND:{shortName:"ND",value:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Assigning this value to the metric will not influence the score. It is a signal to the equation to skip this metric."},OF:{shortName:"OF",value:.87,name:"Official Fix",abbreviatedName:"Off. Fix",jsonSchemaName:"OFFICIAL_FIX",description:"A complete vendor solution is available. Either the vendor has issued an official patch, or an upgrade is available."},TF:{shortName:"TF",value:.9,name:"Temporary Fix",abbreviatedName:"Temp. Fix",jsonSchemaName:"TEMPORARY_FIX",description:"There is an official but temporary fix available. This includes instances where the vendor issues a temporary hotfix, tool, or workaround."},W:{shortName:"W",value:.95,name:"Workaround",jsonSchemaName:"WORKAROUND",description:"There is an unofficial, non-vendor solution available. In some cases, users of the affected technology will create a patch of their own or provide steps to work around or otherwise mitigate the vulnerability."},U:{shortName:"U",value:1,name:"Unavailable",jsonSchemaName:"UNAVAILABLE",description:"There is either no solution available or it is impossible to apply."}},s.RL={name:"Remediation Level",shortName:"RL",description:'This metric measures the remediation level of a vulnerability. "Official fix" is the lowest impact and "Unavailable" is the highest impact.',values:[a.RL_VALUES.ND,a.RL_VALUES.OF,a.RL_VALUES.TF,a.RL_VALUES.W,a.RL_VALUES.U]},s.RC_VALUES={ND:{shortName:"ND",value:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Assigning this value to the metric will not influence the score. It is a signal to the equation to skip this metric."},UC:{shortName:"UC",value:.9,name:"Unconfirmed",jsonSchemaName:"UNCONFIRMED",description:"There is little confidence in the existence of this vulnerability. The report is unconfirmed, or the source is not known."},UR:{shortName:"UR",value:.95,name:"Uncorroborated",jsonSchemaName:"UNCORROBORATED",description:"There is reasonable confidence in the existence of this vulnerability, but the technical details are not known publicly. The report is unconfirmed."},C:{shortName:"C",value:1,name:"Confirmed",jsonSchemaName:"CONFIRMED",description:"The existence of this vulnerability is confirmed, but the details are not known publicly. An exploit has been observed, or proof-of-concept exploit code is available. The bugtraq ID or CVE ID has been made public."}},s.RC={name:"Report Confidence",shortName:"RC",description:'This metric measures the degree of confidence in the existence of the vulnerability and the credibility of the known technical details. "Unconfirmed" is the lowest confidence and "Confirmed" is the highest.',values:[a.RC_VALUES.ND,a.RC_VALUES.UC,a.RC_VALUES.UR,a.RC_VALUES.C]},s.TEMPORAL_CATEGORY_VALUES=[a.E,a.RL,a.RC],s.ENVIRONMENTAL_CATEGORY={name:"environmental",description:"Different environments can have an immense bearing on the risk that a vulnerability poses to an organization and its stakeholders. The CVSS environmental metric group captures the characteristics of a vulnerability that are associated with a user's IT environment. Since environmental metrics are optional they each include a metric value that has no effect on the score."},s.CDP_VALUES={ND:{shortName:"ND",value:0,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Assigning this value to the metric will not influence the score. It is a signal to the equation to skip this metric."},N:{shortName:"N",value:0,name:"None",jsonSchemaName:"NONE",description:"There is no potential for loss of life, physical assets, productivity or revenue."},L:{shortName:"L",value:.1,name:"Low",jsonSchemaName:"LOW",description:"A successful exploit of this vulnerability may result in slight physical or property damage. Or, there may be a slight loss of revenue or productivity to the organization."},LM:{shortName:"LM",value:.3,name:"Low-Medium",abbreviatedName:"Low-Med.",jsonSchemaName:"LOW_MEDIUM",description:"A successful exploit of this vulnerability may result in moderate physical or property damage. Or, there may be a moderate loss of revenue or productivity to the organization."},MH:{shortName:"MH",value:.4,name:"Medium-High",abbreviatedName:"Med.-High",jsonSchemaName:"MEDIUM_HIGH",description:"A successful exploit of this vulnerability may result in significant physical or property damage or loss. Or, there may be a significant loss of revenue or productivity."},H:{shortName:"H",value:.5,name:"High",jsonSchemaName:"HIGH",description:"A successful exploit of this vulnerability may result in catastrophic physical or property damage and loss. Or, there may be a catastrophic loss of revenue or productivity."}},s.CDP={name:"Collateral Damage Potential",shortName:"CDP",subCategory:"General Modifiers",description:'This metric measures the potential for loss of life or physical assets resulting from a vulnerability. "None" is the lowest impact and "High" is the highest impact.',values:[a.CDP_VALUES.ND,a.CDP_VALUES.N,a.CDP_VALUES.L,a.CDP_VALUES.LM,a.CDP_VALUES.MH,a.CDP_VALUES.H]},s.TD_VALUES={ND:{shortName:"ND",value:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Assigning this value to the metric will not influence the score. It is a signal to the equation to skip this metric."},N:{shortName:"N",value:0,name:"None",jsonSchemaName:"NONE",description:"There is no (0%) target distribution."},L:{shortName:"L",value:.25,name:"Low",jsonSchemaName:"LOW",description:"There is a small (< 25%) target distribution."},M:{shortName:"M",value:.75,name:"Medium",jsonSchemaName:"MEDIUM",description:"There is a medium (26-75%) target distribution."},H:{shortName:"H",value:1,name:"High",description:"There is a high (> 75%) target distribution."}},s.TD={name:"Target Distribution",shortName:"TD",subCategory:"General Modifiers",description:'This metric measures the proportion of vulnerable systems that could be affected by an attack. It is meant to represent the proportion of vulnerable systems that an attacker can expect to target. "None" is the lowest impact and "High" is the highest impact.',values:[a.TD_VALUES.ND,a.TD_VALUES.N,a.TD_VALUES.L,a.TD_VALUES.M,a.TD_VALUES.H]},s.CR_VALUES={ND:{shortName:"ND",value:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Assigning this value to the metric will not influence the score. It is a signal to the equation to skip this metric."},L:{shortName:"L",value:.5,name:"Low",jsonSchemaName:"LOW",description:"Loss of confidentiality is likely to have only a limited adverse effect on the organization or individuals associated with the organization (e.g., employees, customers)."},M:{shortName:"M",value:1,name:"Medium",jsonSchemaName:"MEDIUM",description:"Loss of confidentiality is likely to have a serious adverse effect on the organization or individuals associated with the organization (e.g., employees, customers)."},H:{shortName:"H",value:1.51,name:"High",jsonSchemaName:"HIGH",description:"Loss of confidentiality is likely to have a catastrophic adverse effect on the organization or individuals associated with the organization (e.g., employees, customers)."}},s.CR={name:"Confidentiality Requirement",shortName:"CR",subCategory:"Modified Requirement (Impact Subscore) Modifiers",description:'This metric measures the need for confidentiality of the vulnerable component to the user. For example, an attacker that exploits a vulnerability that exists on a network boundary and requires no privileges has a low need for the confidentiality of the vulnerable component. Conversely, an attacker that exploits a vulnerability that exists on the same system as the vulnerable component and requires Privileged access to the system in order to exploit it has a high need for confidentiality. "Not Defined" is the lowest impact and "High" is the highest impact.',values:[a.CR_VALUES.ND,a.CR_VALUES.L,a.CR_VALUES.M,a.CR_VALUES.H]},s.IR_VALUES={ND:{shortName:"ND",value:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Assigning this value to the metric will not influence the score. It is a signal to the equation to skip this metric."},L:{shortName:"L",value:.5,name:"Low",jsonSchemaName:"LOW",description:"Loss of integrity is likely to have only a limited adverse effect on the organization or individuals associated with the organization (e.g., employees, customers)."},M:{shortName:"M",value:1,name:"Medium",jsonSchemaName:"MEDIUM",description:"Loss of integrity is likely to have a serious adverse effect on the organization or individuals associated with the organization (e.g., employees, customers)."},H:{shortName:"H",value:1.51,name:"High",jsonSchemaName:"HIGH",description:"Loss of integrity is likely to have a catastrophic adverse effect on the organization or individuals associated with the organization (e.g., employees, customers)."}},s.IR={name:"Integrity Requirement",shortName:"IR",subCategory:"Modified Requirement (Impact Subscore) Modifiers",description:'This metric measures the need for integrity of the vulnerable component to a user. For example, an attacker that exploits a vulnerability that exists on a network boundary and requires no privileges has a low need for the integrity of the vulnerable component. Conversely, an attacker that exploits a vulnerability that exists on the same system as the vulnerable component and requires Privileged access to the system in order to exploit it has a high need for integrity. "Not Defined" is the lowest impact and "High" is the highest impact.',values:[a.IR_VALUES.ND,a.IR_VALUES.L,a.IR_VALUES.M,a.IR_VALUES.H]},s.AR_VALUES={ND:{shortName:"ND",value:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Assigning this value to the metric will not influence the score. It is a signal to the equation to skip this metric."},L:{shortName:"L",value:.5,name:"Low",jsonSchemaName:"LOW",description:"Loss of availability is likely to have only a limited adverse effect on the organization or individuals associated with the organization (e.g., employees, customers)."},M:{shortName:"M",value:1,name:"Medium",jsonSchemaName:"MEDIUM",description:"Loss of availability is likely to have a serious adverse effect on the organization or individuals associated with the organization (e.g., employees, customers)."},H:{shortName:"H",value:1.51,name:"High",jsonSchemaName:"HIGH",description:"Loss of availability is likely to have a catastrophic adverse effect on the organization or individuals associated with the organization (e.g., employees, customers)."}},s.AR={name:"Availability Requirement",shortName:"AR",subCategory:"Modified Requirement (Impact Subscore) Modifiers",description:'This metric measures the need for availability of the vulnerable component to a user. For example, an attacker that exploits a vulnerability that exists on a network boundary and requires no privileges has a low need for the availability of the vulnerable component. Conversely, an attacker that exploits a vulnerability that exists on the same system as the vulnerable component and requires Privileged access to the system in order to exploit it has a high need for availability. "Not Defined" is the lowest impact and "High" is the highest impact.',values:[a.AR_VALUES.ND,a.AR_VALUES.L,a.AR_VALUES.M,a.AR_VALUES.H]},s.ENVIRONMENTAL_CATEGORY_VALUES=[a.CDP,a.TD,a.CR,a.IR,a.AR],s.REGISTERED_COMPONENTS=new Map,a.REGISTERED_COMPONENTS.set(a.BASE_CATEGORY,a.BASE_CATEGORY_VALUES),a.REGISTERED_COMPONENTS.set(a.TEMPORAL_CATEGORY,a.TEMPORAL_CATEGORY_VALUES),a.REGISTERED_COMPONENTS.set(a.ENVIRONMENTAL_CATEGORY,a.ENVIRONMENTAL_CATEGORY_VALUES),s.ATTRIBUTE_SEVERITY_ORDER=i.CvssVector._reorderAttributeSeverityOrder([a.AC_VALUES.ND,a.AV_VALUES.ND,a.Au_VALUES.ND,a.C_VALUES.ND,a.I_VALUES.ND,a.A_VALUES.ND,a.C_VALUES.N,a.I_VALUES.N,a.A_VALUES.N,a.CDP_VALUES.N,a.CDP_VALUES.ND,a.TD_VALUES.N,a.CDP_VALUES.L,a.TD_VALUES.L,a.C_VALUES.P,a.I_VALUES.P,a.A_VALUES.P,a.CDP_VALUES.LM,a.AC_VALUES.H,a.AV_VALUES.L,a.CDP_VALUES.MH,a.Au_VALUES.M,a.CDP_VALUES.H,a.Au_VALUES.S,a.AC_VALUES.M,a.AV_VALUES.A,a.C_VALUES.C,a.I_VALUES.C,a.A_VALUES.C,a.Au_VALUES.N,a.AC_VALUES.L,a.TD_VALUES.M,a.E_VALUES.U,a.RL_VALUES.OF,a.E_VALUES.POC,a.RL_VALUES.TF,a.RL_VALUES.W,a.RC_VALUES.UC,a.AV_VALUES.N,a.E_VALUES.F,a.E_VALUES.H,a.E_VALUES.ND,a.RL_VALUES.U,a.RL_VALUES.ND,a.RC_VALUES.UR,a.RC_VALUES.C,a.RC_VALUES.ND,a.TD_VALUES.H,a.TD_VALUES.ND,a.CR_VALUES.L,a.CR_VALUES.M,a.IR_VALUES.L,a.IR_VALUES.M,a.AR_VALUES.L,a.AR_VALUES.M,a.CR_VALUES.ND,a.IR_VALUES.ND,a.AR_VALUES.ND,a.CR_VALUES.H,a.IR_VALUES.H,a.AR_VALUES.H])},564:(e,t,o)=>{Object.defineProperty(t,"__esModule",{value:!0}),t.applyVectorPartsIfMetricsHigher=t.applyVectorPartsIfMetricsLower=t.fromVector=void 0;const a=o(475),i=o(623),s=o(371),n=o(987),r=o(479),c=o(331),l=o(951),m=o(759),h={"CVSS:2.0":a.Cvss2,"2.0":a.Cvss2,"CVSS:3.0":i.Cvss3P0,"3.0":i.Cvss3P0,"CVSS:3.1":s.Cvss3P1,3.1:s.Cvss3P1,"CVSS:4.0":n.Cvss4P0,"4.0":n.Cvss4P0};function E(e,t,o){if(!t)return 0;const a=e.normalizeVector(t);if(0===a.length)return 0;const i=a.split("/");let s=0;for(const t of i){if(!t)continue;const a=t.split(":",2);if(2===a.length){const t=a[0],i=a[1],n=e.getComponentByStringOpt(t),r=t.startsWith("M"),c=r?t.replace("M",""):t,l=e.getComponentByStringOpt(c),m=r?t:`M${t}`,h=e.getComponentByStringOpt(m),E=(null==n?void 0:n.shortName)||"X",u=e.applyComponentStringSilent(t,i),d=e.getComponentByStringOpt(t);u&&o(n,l,h,d,r)?s++:e.applyComponentStringSilent(t,E)}else console.warn("Unknown vector argument:",t)}return s}function u(e,t,o,a,i){const s=null!=o&&"NOT_DEFINED"!==o.name&&"NULL"!==o.name&&"X"!==o.shortName;return{oldSeverity:d(e,i&&s?o:t),newSeverity:d(e,a)}}function d(e,t){if(!t)return-1;let o=[];if(e instanceof a.Cvss2?o=r.Cvss2Components.ATTRIBUTE_SEVERITY_ORDER:e instanceof i.Cvss3P0?o=c.Cvss3P0Components.ATTRIBUTE_SEVERITY_ORDER:e instanceof s.Cvss3P1?o=l.Cvss3P1Components.ATTRIBUTE_SEVERITY_ORDER:e instanceof n.Cvss4P0&&(o=m.Cvss4P0Components.ATTRIBUTE_SEVERITY_ORDER),0===o.length)return console.warn("Unknown",e.getVectorName(),"severity order list for attribute type:",t),-1;for(let e=0;e<o.length;e++)if(o[e].includes(t))return e;return console.warn("Unknown",e.getVectorName(),"attribute type:",t),-1}t.fromVector=function(e,t=void 0){if(t){const o=h[t];if(o)return new o(e)}const o=h[e];if(o)return new o;for(let t in h){const o=h[t];if(e.startsWith(t))try{return new o(e)}catch(e){}}for(let t in h){const o=h[t];try{return new o(e)}catch(e){}}return null},t.applyVectorPartsIfMetricsLower=function(e,t){return t?E(e,t,((t,o,a,i,s)=>{const n=u(e,o,a,i,s);return n.newSeverity<=n.oldSeverity})):0},t.applyVectorPartsIfMetricsHigher=function(e,t){return t?E(e,t,((t,o,a,i,s)=>{const n=u(e,o,a,i,s);return n.newSeverity>=n.oldSeverity})):0}},623:(e,t,o)=>{Object.defineProperty(t,"__esModule",{value:!0}),t.Cvss3P0=void 0;const a=o(154),i=o(331);class s extends a.CvssVector{constructor(e){super(e)}getRegisteredComponents(){return i.Cvss3P0Components.REGISTERED_COMPONENTS}getVectorPrefix(){return"CVSS:3.0/"}getVectorName(){return"CVSS:3.0"}fillAverageVector(){this.applyVector("AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:L/A:L")}fillRandomBaseVector(){this.fillRandomComponentsForCategory(i.Cvss3P0Components.BASE_CATEGORY)}fillRandomTemporalVector(){this.fillRandomComponentsForCategory(i.Cvss3P0Components.TEMPORAL_CATEGORY)}fillRandomEnvironmentalVector(){this.fillRandomComponentsForCategory(i.Cvss3P0Components.ENVIRONMENTAL_CATEGORY)}fillRandomComponentsForCategory(e){const t=i.Cvss3P0Components.REGISTERED_COMPONENTS.get(e);if(t)for(let e=0;e<t.length;e++){const o=t[e],a=super.pickRandomDefinedComponentValue(o);if(!a)return console.warn("Failed to pick random vector component for",o),void this.fillAverageVector();this.applyComponent(o,a)}else console.warn("Failed to pick random vector components for",e)}calculateScoresInternal(e=!1){const t=this.isBaseFullyDefined(),o=this.isAnyTemporalDefined(),a=this.isAnyEnvironmentalDefined();return{normalized:e,base:t?super.round(this.calculateExactBaseScore(),1):void 0,impact:t?super.normalizeScore(super.round(this.calculateImpactScore(),1),e?6:10):void 0,exploitability:t?super.normalizeScore(super.round(this.calculateExactExploitabilityScore(),1),e?3.9:10):void 0,temporal:t&&o?super.round(this.calculateExactTemporalScore(),1):void 0,environmental:t&&a?super.round(this.calculateExactEnvironmentalScore(),1):void 0,modifiedImpact:t&&a?super.normalizeScore(super.round(Math.max(0,this.calculateExactAdjustedImpactScore()),1),e?6.1:10):void 0,overall:super.round(this.calculateExactOverallScore(),1),vector:this.toString()}}calculateExactBaseScore(){if(!this.isBaseFullyDefined())return 0;let e=this.calculateExactImpactScore();if(e<=0)return 0;let t=this.calculateExactExploitabilityScore();return this.getComponent(i.Cvss3P0Components.S).value?this.roundUp1(Math.min(s.SCOPE_COEFFICIENT*(e+t),10)):this.roundUp1(Math.min(e+t,10))}calculateImpactScore(){const e=this.calculateExactImpactScore();return e<=0?0:e}calculateExactImpactScore(){let e=this.calculateExactISSScore();return this.getComponent(i.Cvss3P0Components.S).value?s.SCOPE_CHANGED_FACTOR*(e-.029)-3.25*Math.pow(e-.02,15):s.SCOPE_UNCHANGED_FACTOR*e}calculateExactISSScore(){return 1-(1-this.getComponent(i.Cvss3P0Components.C).value)*(1-this.getComponent(i.Cvss3P0Components.I).value)*(1-this.getComponent(i.Cvss3P0Components.A).value)}calculateExactMISSScore(){let e,t,o,a,s,n,r=this.getComponent(i.Cvss3P0Components.MC),c=this.getComponent(i.Cvss3P0Components.MI),l=this.getComponent(i.Cvss3P0Components.MA),m=this.getComponent(i.Cvss3P0Components.C),h=this.getComponent(i.Cvss3P0Components.I),E=this.getComponent(i.Cvss3P0Components.A),u=this.getComponent(i.Cvss3P0Components.CR),d=this.getComponent(i.Cvss3P0Components.IR),p=this.getComponent(i.Cvss3P0Components.AR);return e=r===i.Cvss3P0Components.MC.values[0]?m.value:r.value,t=c===i.Cvss3P0Components.MI.values[0]?h.value:c.value,o=l===i.Cvss3P0Components.MA.values[0]?E.value:l.value,i.Cvss3P0Components.CR.values[0],a=u.value,i.Cvss3P0Components.IR.values[0],s=d.value,i.Cvss3P0Components.AR.values[0],n=p.value,Math.min(1-(1-a*e)*(1-s*t)*(1-n*o),.915)}calculateExactExploitabilityScore(){const e=this.getComponent(i.Cvss3P0Components.AV).value,t=this.getComponent(i.Cvss3P0Components.AC).value,o=this.getComponent(i.Cvss3P0Components.UI).value;let a;return a=this.getComponent(i.Cvss3P0Components.S).value?this.getComponent(i.Cvss3P0Components.PR).changedValue:this.getComponent(i.Cvss3P0Components.PR).value,s.EXPLOITABILITY_COEFFICIENT*e*t*a*o}calculateExactTemporalScore(){if(!this.isBaseFullyDefined())return 0;if(!this.isAnyTemporalDefined())return 0;let e=this.getComponent(i.Cvss3P0Components.E).value,t=this.getComponent(i.Cvss3P0Components.RL).value,o=this.getComponent(i.Cvss3P0Components.RC).value,a=this.calculateExactBaseScore();return this.roundUp1(a*e*t*o)}calculateExactEnvironmentalScore(){if(!this.isBaseFullyDefined())return 0;if(!this.isAnyEnvironmentalDefined())return 0;let e=this.calculateExactAdjustedImpactScore();if(e<=0)return 0;let t=this.calculateAdjustedExploitability(),o=this.getComponent(i.Cvss3P0Components.E).value,a=this.getComponent(i.Cvss3P0Components.RL).value,n=this.getComponent(i.Cvss3P0Components.RC).value;if(this.isModifiedScope()){let i=this.roundUp1(Math.min(e+t,10));return this.roundUp1(i*o*a*n)}{let i=this.roundUp1(Math.min(s.SCOPE_COEFFICIENT*(e+t),10));return this.roundUp1(i*o*a*n)}}calculateExactAdjustedImpactScore(){if(!this.isBaseFullyDefined())return 0;if(!this.isAnyEnvironmentalDefined())return 0;let e=this.calculateExactMISSScore();return this.isModifiedScope()?s.SCOPE_UNCHANGED_FACTOR*e:s.SCOPE_CHANGED_FACTOR*(e-.029)-3.25*Math.pow(e-.02,15)}calculateAdjustedExploitability(){let e,t=this.getFirstDefinedComponent([i.Cvss3P0Components.MAV,i.Cvss3P0Components.AV]).value,o=this.getFirstDefinedComponent([i.Cvss3P0Components.MAC,i.Cvss3P0Components.AC]).value,a=this.getFirstDefinedComponent([i.Cvss3P0Components.MUI,i.Cvss3P0Components.UI]).value,n=this.getFirstDefinedComponent([i.Cvss3P0Components.MPR,i.Cvss3P0Components.PR]);return e=this.isModifiedScope()?n.value:n.changedValue,s.EXPLOITABILITY_COEFFICIENT*t*o*e*a}isModifiedScope(){let e=this.getComponent(i.Cvss3P0Components.S),t=this.getComponent(i.Cvss3P0Components.MS);return t===i.Cvss3P0Components.MS.values[0]?!e.value:!t.value}calculateExactOverallScore(){return this.isAnyEnvironmentalDefined()?this.calculateExactEnvironmentalScore():this.isAnyTemporalDefined()?this.calculateExactTemporalScore():this.calculateExactBaseScore()}isBaseFullyDefined(){return super.isCategoryFullyDefined(i.Cvss3P0Components.BASE_CATEGORY)}isTemporalFullyDefined(){return super.isCategoryFullyDefined(i.Cvss3P0Components.TEMPORAL_CATEGORY)}isEnvironmentalFullyDefined(){return super.isCategoryFullyDefined(i.Cvss3P0Components.ENVIRONMENTAL_CATEGORY)}isAnyBaseDefined(){return super.isCategoryPartiallyDefined(i.Cvss3P0Components.BASE_CATEGORY)}isAnyTemporalDefined(){return super.isCategoryPartiallyDefined(i.Cvss3P0Components.TEMPORAL_CATEGORY)}isAnyEnvironmentalDefined(){return super.isCategoryPartiallyDefined(i.Cvss3P0Components.ENVIRONMENTAL_CATEGORY)}roundUp1(e){return Math.ceil(10*e)/10}getJsonSchemaSeverity(e){return 0===e||isNaN(e)?"NONE":e<=3.9?"LOW":e<=6.9?"MEDIUM":e<=8.9?"HIGH":"CRITICAL"}createJsonSchema(){const e=this.calculateScores();return{version:"3.0",vectorString:this.toString(),baseScore:e.base,temporalScore:e.temporal,environmentalScore:e.environmental,baseSeverity:this.getJsonSchemaSeverity(e.base),temporalSeverity:e.temporal?this.getJsonSchemaSeverity(e.temporal):void 0,environmentalSeverity:e.environmental?this.getJsonSchemaSeverity(e.environmental):void 0,attackVector:this.getComponent(i.Cvss3P0Components.AV).jsonSchemaName,attackComplexity:this.getComponent(i.Cvss3P0Components.AC).jsonSchemaName,privilegesRequired:this.getComponent(i.Cvss3P0Components.PR).jsonSchemaName,userInteraction:this.getComponent(i.Cvss3P0Components.UI).jsonSchemaName,scope:this.getComponent(i.Cvss3P0Components.S).jsonSchemaName,confidentialityImpact:this.getComponent(i.Cvss3P0Components.C).jsonSchemaName,integrityImpact:this.getComponent(i.Cvss3P0Components.I).jsonSchemaName,availabilityImpact:this.getComponent(i.Cvss3P0Components.A).jsonSchemaName,exploitCodeMaturity:this.getComponent(i.Cvss3P0Components.E).jsonSchemaName,remediationLevel:this.getComponent(i.Cvss3P0Components.RL).jsonSchemaName,reportConfidence:this.getComponent(i.Cvss3P0Components.RC).jsonSchemaName,confidentialityRequirement:this.getComponent(i.Cvss3P0Components.CR).jsonSchemaName,integrityRequirement:this.getComponent(i.Cvss3P0Components.IR).jsonSchemaName,availabilityRequirement:this.getComponent(i.Cvss3P0Components.AR).jsonSchemaName,modifiedAttackVector:this.getComponent(i.Cvss3P0Components.MAV).jsonSchemaName,modifiedAttackComplexity:this.getComponent(i.Cvss3P0Components.MAC).jsonSchemaName,modifiedPrivilegesRequired:this.getComponent(i.Cvss3P0Components.MPR).jsonSchemaName,modifiedUserInteraction:this.getComponent(i.Cvss3P0Components.MUI).jsonSchemaName,modifiedScope:this.getComponent(i.Cvss3P0Components.MS).jsonSchemaName,modifiedConfidentialityImpact:this.getComponent(i.Cvss3P0Components.MC).jsonSchemaName,modifiedIntegrityImpact:this.getComponent(i.Cvss3P0Components.MI).jsonSchemaName,modifiedAvailabilityImpact:this.getComponent(i.Cvss3P0Components.MA).jsonSchemaName}}}t.Cvss3P0=s,s.SCOPE_CHANGED_FACTOR=7.52,s.SCOPE_UNCHANGED_FACTOR=6.42,s.EXPLOITABILITY_COEFFICIENT=8.22,s.SCOPE_COEFFICIENT=1.08},730:(e,t)=>{Object.defineProperty(t,"__esModule",{value:!0}),t.EQ=void 0;class o{constructor(e,t,o,a){this.highestSeverityVectors=[],this.level=e,this.vectorDepth=t,this.highestSeverityVectorsUnparsed=o,this.predicate=a}getLevel(){return this.level}getLevelAsInt(){return parseInt(this.level)}getVectorDepth(){return this.vectorDepth}getHighestSeverityVectors(){return 0===this.highestSeverityVectors.length&&(this.highestSeverityVectors=this.highestSeverityVectorsUnparsed.map((e=>o.createCvssInstance(e)))),this.highestSeverityVectors}getHighestSeverityVectorsUnparsed(){return this.highestSeverityVectorsUnparsed}matchesConstraints(e){return this.predicate(e)}}t.EQ=o},759:(e,t)=>{Object.defineProperty(t,"__esModule",{value:!0}),t.Cvss4P0Components=void 0;class o{}t.Cvss4P0Components=o,o.VULNERABLE_SYSTEM_CONFIDENTIALITY_BASE_VALUES={X:{shortName:"X",name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},H:{shortName:"H",name:"High",jsonSchemaName:"HIGH",description:"There is a total loss of confidentiality, resulting in all information within the Vulnerable System being divulged to the attacker. Alternatively, access to only some restricted information is obtained, but the disclosed information presents a direct, serious impact."},L:{shortName:"L",name:"Low",jsonSchemaName:"LOW",description:"There is some loss of confidentiality. Access to some restricted information is obtained, but the attacker does not have control over what information is obtained, or the amount or kind of loss is limited. The information disclosure does not cause a direct, serious loss to the Vulnerable System."},N:{shortName:"N",name:"None",jsonSchemaName:"NONE",description:"There is no loss of confidentiality within the Vulnerable System."}},o.VULNERABLE_SYSTEM_CONFIDENTIALITY_BASE=[o.VULNERABLE_SYSTEM_CONFIDENTIALITY_BASE_VALUES.X,o.VULNERABLE_SYSTEM_CONFIDENTIALITY_BASE_VALUES.H,o.VULNERABLE_SYSTEM_CONFIDENTIALITY_BASE_VALUES.L,o.VULNERABLE_SYSTEM_CONFIDENTIALITY_BASE_VALUES.N],o.VULNERABLE_SYSTEM_INTEGRITY_BASE_VALUES={X:{shortName:"X",name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},H:{shortName:"H",name:"High",jsonSchemaName:"HIGH",description:"There is a total loss of integrity, or a complete loss of protection. For example, the attacker is able to modify any/all files protected by the Vulnerable System. Alternatively, only some files can be modified, but malicious modification would present a direct, serious consequence to the Vulnerable System."},L:{shortName:"L",name:"Low",jsonSchemaName:"LOW",description:"Modification of data is possible, but the attacker does not have control over the consequence of a modification, or the amount of modification is limited. The data modification does not have a direct, serious impact to the Vulnerable System."},N:{shortName:"N",name:"None",jsonSchemaName:"NONE",description:"There is no loss of integrity within the Vulnerable System."}},o.VULNERABLE_SYSTEM_INTEGRITY_BASE=[o.VULNERABLE_SYSTEM_INTEGRITY_BASE_VALUES.X,o.VULNERABLE_SYSTEM_INTEGRITY_BASE_VALUES.H,o.VULNERABLE_SYSTEM_INTEGRITY_BASE_VALUES.L,o.VULNERABLE_SYSTEM_INTEGRITY_BASE_VALUES.N],o.VULNERABLE_SYSTEM_AVAILABILITY_BASE_VALUES={X:{shortName:"X",name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},H:{shortName:"H",name:"High",jsonSchemaName:"HIGH",description:"There is a total loss of availability, resulting in the attacker being able to fully deny access to resources in the Vulnerable System; this loss is either sustained (while the attacker continues to deliver the attack) or persistent (the condition persists even after the attack has completed). Alternatively, the attacker has the ability to deny some availability, but the loss of availability presents a direct, serious consequence to the Vulnerable System (e.g., the attacker cannot disrupt existing connections, but can prevent new connections; the attacker can repeatedly exploit a vulnerability that, in each instance of a successful attack, leaks a only small amount of memory, but after repeated exploitation causes a service to become completely unavailable)."},L:{shortName:"L",name:"Low",jsonSchemaName:"LOW",description:"Performance is reduced or there are interruptions in resource availability. Even if repeated exploitation of the vulnerability is possible, the attacker does not have the ability to completely deny service to legitimate users. The resources in the Vulnerable System are either partially available all of the time, or fully available only some of the time, but overall there is no direct, serious consequence to the Vulnerable System."},N:{shortName:"N",name:"None",jsonSchemaName:"NONE",description:"There is no impact to availability within the Vulnerable System."}},o.VULNERABLE_SYSTEM_AVAILABILITY_BASE=[o.VULNERABLE_SYSTEM_AVAILABILITY_BASE_VALUES.X,o.VULNERABLE_SYSTEM_AVAILABILITY_BASE_VALUES.H,o.VULNERABLE_SYSTEM_AVAILABILITY_BASE_VALUES.L,o.VULNERABLE_SYSTEM_AVAILABILITY_BASE_VALUES.N],o.SUBSEQUENT_SYSTEM_CONFIDENTIALITY_BASE_VALUES={X:{shortName:"X",name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},S:{shortName:"S",name:"Safety",jsonSchemaName:"SAFETY",description:"! NOT A VALID VALUE FOR Safety (S), REQUIRED FOR CALCULATION OF SCORE !",hide:!0},H:{shortName:"H",name:"High",jsonSchemaName:"HIGH",description:"There is a total loss of confidentiality, resulting in all resources within the Subsequent System being divulged to the attacker. Alternatively, access to only some restricted information is obtained, but the disclosed information presents a direct, serious impact."},L:{shortName:"L",name:"Low",jsonSchemaName:"LOW",description:"There is some loss of confidentiality. Access to some restricted information is obtained, but the attacker does not have control over what information is obtained, or the amount or kind of loss is limited. The information disclosure does not cause a direct, serious loss to the Subsequent System."},N:{shortName:"N",name:"None",jsonSchemaName:"NONE",description:"There is no loss of confidentiality within the Subsequent System or all confidentiality impact is constrained to the Vulnerable System."}},o.SUBSEQUENT_SYSTEM_CONFIDENTIALITY_BASE=[o.SUBSEQUENT_SYSTEM_CONFIDENTIALITY_BASE_VALUES.X,o.SUBSEQUENT_SYSTEM_CONFIDENTIALITY_BASE_VALUES.S,o.SUBSEQUENT_SYSTEM_CONFIDENTIALITY_BASE_VALUES.H,o.SUBSEQUENT_SYSTEM_CONFIDENTIALITY_BASE_VALUES.L,o.SUBSEQUENT_SYSTEM_CONFIDENTIALITY_BASE_VALUES.N],o.SUBSEQUENT_SYSTEM_INTEGRITY_BASE_VALUES={X:{shortName:"X",name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},S:{shortName:"S",name:"Safety",jsonSchemaName:"SAFETY",description:"! NOT A VALID VALUE FOR Safety (S), REQUIRED FOR CALCULATION OF SCORE !",hide:!0},H:{shortName:"H",name:"High",jsonSchemaName:"HIGH",description:"There is a total loss of integrity, or a complete loss of protection. For example, the attacker is able to modify any/all files protected by the Subsequent System. Alternatively, only some files can be modified, but malicious modification would present a direct, serious consequence to the Subsequent System."},L:{shortName:"L",name:"Low",jsonSchemaName:"LOW",description:"Modification of data is possible, but the attacker does not have control over the consequence of a modification, or the amount of modification is limited. The data modification does not have a direct, serious impact to the Subsequent System."},N:{shortName:"N",name:"None",jsonSchemaName:"NONE",description:"There is no loss of integrity within the Subsequent System or all integrity impact is constrained to the Vulnerable System."}},o.SUBSEQUENT_SYSTEM_INTEGRITY_BASE=[o.SUBSEQUENT_SYSTEM_INTEGRITY_BASE_VALUES.X,o.SUBSEQUENT_SYSTEM_INTEGRITY_BASE_VALUES.S,o.SUBSEQUENT_SYSTEM_INTEGRITY_BASE_VALUES.H,o.SUBSEQUENT_SYSTEM_INTEGRITY_BASE_VALUES.L,o.SUBSEQUENT_SYSTEM_INTEGRITY_BASE_VALUES.N],o.SUBSEQUENT_SYSTEM_AVAILABILITY_BASE_VALUES={X:{shortName:"X",name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},S:{shortName:"S",name:"Safety",jsonSchemaName:"SAFETY",description:"! NOT A VALID VALUE FOR Safety (S), REQUIRED FOR CALCULATION OF SCORE !",hide:!0},H:{shortName:"H",name:"High",jsonSchemaName:"HIGH",description:"There is a total loss of availability, resulting in the attacker being able to fully deny access to resources in the Subsequent System; this loss is either sustained (while the attacker continues to deliver the attack) or persistent (the condition persists even after the attack has completed). Alternatively, the attacker has the ability to deny some availability, but the loss of availability presents a direct, serious consequence to the Subsequent System (e.g., the attacker cannot disrupt existing connections, but can prevent new connections; the attacker can repeatedly exploit a vulnerability that, in each instance of a successful attack, leaks a only small amount of memory, but after repeated exploitation causes a service to become completely unavailable)."},L:{shortName:"L",name:"Low",jsonSchemaName:"LOW",description:"Performance is reduced or there are interruptions in resource availability. Even if repeated exploitation of the vulnerability is possible, the attacker does not have the ability to completely deny service to legitimate users. The resources in the Subsequent System are either partially available all of the time, or fully available only some of the time, but overall there is no direct, serious consequence to the Subsequent System."},N:{shortName:"N",name:"None",jsonSchemaName:"NONE",description:"There is no impact to availability within the Subsequent System or all availability impact is constrained to the Vulnerable System."}},o.SUBSEQUENT_SYSTEM_AVAILABILITY_BASE=[o.SUBSEQUENT_SYSTEM_AVAILABILITY_BASE_VALUES.X,o.SUBSEQUENT_SYSTEM_AVAILABILITY_BASE_VALUES.S,o.SUBSEQUENT_SYSTEM_AVAILABILITY_BASE_VALUES.H,o.SUBSEQUENT_SYSTEM_AVAILABILITY_BASE_VALUES.L,o.SUBSEQUENT_SYSTEM_AVAILABILITY_BASE_VALUES.N],o.SUBSEQUENT_SYSTEM_CONFIDENTIALITY_MODIFIED_VALUES={X:{shortName:"X",name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},H:{shortName:"H",name:"High",jsonSchemaName:"HIGH",description:"There is a total loss of confidentiality, resulting in all resources within the Subsequent System being divulged to the attacker. Alternatively, access to only some restricted information is obtained, but the disclosed information presents a direct, serious impact."},L:{shortName:"L",name:"Low",jsonSchemaName:"LOW",description:"There is some loss of confidentiality. Access to some restricted information is obtained, but the attacker does not have control over what information is obtained, or the amount or kind of loss is limited. The information disclosure does not cause a direct, serious loss to the Subsequent System."},N:{shortName:"N",name:"Negligible",abbreviatedName:"Negl.",jsonSchemaName:"NEGLIGIBLE",description:"There is no loss of confidentiality within the Subsequent System or all confidentiality impact is constrained to the Vulnerable System."}},o.SUBSEQUENT_SYSTEM_CONFIDENTIALITY_MODIFIED=[o.SUBSEQUENT_SYSTEM_CONFIDENTIALITY_MODIFIED_VALUES.X,o.SUBSEQUENT_SYSTEM_CONFIDENTIALITY_MODIFIED_VALUES.H,o.SUBSEQUENT_SYSTEM_CONFIDENTIALITY_MODIFIED_VALUES.L,o.SUBSEQUENT_SYSTEM_CONFIDENTIALITY_MODIFIED_VALUES.N],o.SUBSEQUENT_SYSTEM_INTEGRITY_MODIFIED_VALUES={X:{shortName:"X",name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},S:{shortName:"S",name:"Safety",jsonSchemaName:"SAFETY",description:'The exploited vulnerability will result in integrity impacts that could cause serious injury or worse (categories of "Marginal" or worse as described in IEC 61508) to a human actor or participant.'},H:{shortName:"H",name:"High",jsonSchemaName:"HIGH",description:"There is a total loss of integrity, or a complete loss of protection. For example, the attacker is able to modify any/all files protected by the Subsequent System. Alternatively, only some files can be modified, but malicious modification would present a direct, serious consequence to the Subsequent System."},L:{shortName:"L",name:"Low",jsonSchemaName:"LOW",description:"Modification of data is possible, but the attacker does not have control over the consequence of a modification, or the amount of modification is limited. The data modification does not have a direct, serious impact to the Subsequent System."},N:{shortName:"N",name:"Negligible",abbreviatedName:"Negl.",jsonSchemaName:"NEGLIGIBLE",description:"There is no loss of integrity within the Subsequent System or all integrity impact is constrained to the Vulnerable System."}},o.SUBSEQUENT_SYSTEM_INTEGRITY_MODIFIED=[o.SUBSEQUENT_SYSTEM_INTEGRITY_MODIFIED_VALUES.X,o.SUBSEQUENT_SYSTEM_INTEGRITY_MODIFIED_VALUES.S,o.SUBSEQUENT_SYSTEM_INTEGRITY_MODIFIED_VALUES.H,o.SUBSEQUENT_SYSTEM_INTEGRITY_MODIFIED_VALUES.L,o.SUBSEQUENT_SYSTEM_INTEGRITY_MODIFIED_VALUES.N],o.SUBSEQUENT_SYSTEM_AVAILABILITY_MODIFIED_VALUES={X:{shortName:"X",name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},S:{shortName:"S",name:"Safety",jsonSchemaName:"SAFETY",description:'The exploited vulnerability will result in availability impacts that could cause serious injury or worse (categories of "Marginal" or worse as described in IEC 61508) to a human actor or participant.'},H:{shortName:"H",name:"High",jsonSchemaName:"HIGH",description:"There is a total loss of availability, resulting in the attacker being able to fully deny access to resources in the Subsequent System; this loss is either sustained (while the attacker continues to deliver the attack) or persistent (the condition persists even after the attack has completed). Alternatively, the attacker has the ability to deny some availability, but the loss of availability presents a direct, serious consequence to the Subsequent System (e.g., the attacker cannot disrupt existing connections, but can prevent new connections; the attacker can repeatedly exploit a vulnerability that, in each instance of a successful attack, leaks a only small amount of memory, but after repeated exploitation causes a service to become completely unavailable)."},L:{shortName:"L",name:"Low",jsonSchemaName:"LOW",description:"Performance is reduced or there are interruptions in resource availability. Even if repeated exploitation of the vulnerability is possible, the attacker does not have the ability to completely deny service to legitimate users. The resources in the Subsequent System are either partially available all of the time, or fully available only some of the time, but overall there is no direct, serious consequence to the Subsequent System."},N:{shortName:"N",name:"Negligible",abbreviatedName:"Negl.",jsonSchemaName:"NEGLIGIBLE",description:"There is no impact to availability within the Subsequent System or all availability impact is constrained to the Vulnerable System."}},o.SUBSEQUENT_SYSTEM_AVAILABILITY_MODIFIED=[o.SUBSEQUENT_SYSTEM_AVAILABILITY_MODIFIED_VALUES.X,o.SUBSEQUENT_SYSTEM_AVAILABILITY_MODIFIED_VALUES.S,o.SUBSEQUENT_SYSTEM_AVAILABILITY_MODIFIED_VALUES.H,o.SUBSEQUENT_SYSTEM_AVAILABILITY_MODIFIED_VALUES.L,o.SUBSEQUENT_SYSTEM_AVAILABILITY_MODIFIED_VALUES.N],o.REQUIREMENT_CONFIDENTIALITY_MODIFIED_VALUES={X:{shortName:"X",name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},H:{shortName:"H",name:"High",jsonSchemaName:"HIGH",description:"Loss of Confidentiality is likely to have a catastrophic adverse effect on the organization or individuals associated with the organization (e.g., employees, customers)."},M:{shortName:"M",name:"Medium",jsonSchemaName:"MEDIUM",description:"Loss of Confidentiality is likely to have a serious adverse effect on the organization or individuals associated with the organization (e.g., employees, customers)."},L:{shortName:"L",name:"Low",jsonSchemaName:"LOW",description:"Loss of Confidentiality is likely to have only a limited adverse effect on the organization or individuals associated with the organization (e.g., employees, customers)."}},o.REQUIREMENT_CONFIDENTIALITY_MODIFIED=[o.REQUIREMENT_CONFIDENTIALITY_MODIFIED_VALUES.X,o.REQUIREMENT_CONFIDENTIALITY_MODIFIED_VALUES.H,o.REQUIREMENT_CONFIDENTIALITY_MODIFIED_VALUES.M,o.REQUIREMENT_CONFIDENTIALITY_MODIFIED_VALUES.L],o.REQUIREMENT_INTEGRITY_MODIFIED_VALUES={X:{shortName:"X",name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},H:{shortName:"H",name:"High",jsonSchemaName:"HIGH",description:"Loss of Integrity is likely to have a catastrophic adverse effect on the organization or individuals associated with the organization (e.g., employees, customers)."},M:{shortName:"M",name:"Medium",jsonSchemaName:"MEDIUM",description:"Loss of Integrity is likely to have a serious adverse effect on the organization or individuals associated with the organization (e.g., employees, customers)."},L:{shortName:"L",name:"Low",jsonSchemaName:"LOW",description:"Loss of Integrity is likely to have only a limited adverse effect on the organization or individuals associated with the organization (e.g., employees, customers)."}},o.REQUIREMENT_INTEGRITY_MODIFIED=[o.REQUIREMENT_INTEGRITY_MODIFIED_VALUES.X,o.REQUIREMENT_INTEGRITY_MODIFIED_VALUES.H,o.REQUIREMENT_INTEGRITY_MODIFIED_VALUES.M,o.REQUIREMENT_INTEGRITY_MODIFIED_VALUES.L],o.REQUIREMENT_AVAILABILITY_MODIFIED_VALUES={X:{shortName:"X",name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},H:{shortName:"H",name:"High",jsonSchemaName:"HIGH",description:"Loss of Availability is likely to have a catastrophic adverse effect on the organization or individuals associated with the organization (e.g., employees, customers)."},M:{shortName:"M",name:"Medium",jsonSchemaName:"MEDIUM",description:"Loss of Availability is likely to have a serious adverse effect on the organization or individuals associated with the organization (e.g., employees, customers)."},L:{shortName:"L",name:"Low",jsonSchemaName:"LOW",description:"Loss of Availability is likely to have only a limited adverse effect on the organization or individuals associated with the organization (e.g., employees, customers)."}},o.REQUIREMENT_AVAILABILITY_MODIFIED=[o.REQUIREMENT_AVAILABILITY_MODIFIED_VALUES.X,o.REQUIREMENT_AVAILABILITY_MODIFIED_VALUES.H,o.REQUIREMENT_AVAILABILITY_MODIFIED_VALUES.M,o.REQUIREMENT_AVAILABILITY_MODIFIED_VALUES.L],o.AV_VALUES={X:{shortName:"X",name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Not Defined"},N:{shortName:"N",name:"Network",jsonSchemaName:"NETWORK",description:"The vulnerable system is bound to the network stack and the set of possible attackers extends beyond the other options listed below, up to and including the entire Internet. Such a vulnerability is often termed “remotely exploitable” and can be thought of as an attack being exploitable at the protocol level one or more network hops away (e.g., across one or more routers). An example of a network attack is an attacker causing a denial of service (DoS) by sending a specially crafted TCP packet across a wide area network."},A:{shortName:"A",name:"Adjacent Network",abbreviatedName:"Adj. Network",jsonSchemaName:"ADJACENT",description:"The vulnerable system is bound to a protocol stack, but the attack is limited at the protocol level to a logically adjacent topology. This can mean an attack must be launched from the same shared proximity (e.g., Bluetooth, NFC, or IEEE 802.11) or logical network (e.g., local IP subnet), or from within a secure or otherwise limited administrative domain (e.g., MPLS, secure VPN within an administrative network zone). One example of an Adjacent attack would be an ARP (IPv4) or neighbor discovery (IPv6) flood leading to a denial of service on the local LAN segment."},L:{shortName:"L",name:"Local",jsonSchemaName:"LOCAL",description:"The vulnerable system is not bound to the network stack and the attacker’s path is via read/write/execute capabilities. Either: the attacker exploits the vulnerability by accessing the target system locally (e.g., keyboard, console), or through terminal emulation (e.g., SSH); or the attacker relies on User Interaction by another person to perform actions required to exploit the vulnerability (e.g., using social engineering techniques to trick a legitimate user into opening a malicious document)."},P:{shortName:"P",name:"Physical",abbreviatedName:"Phys.",jsonSchemaName:"PHYSICAL",description:"The attack requires the attacker to physically touch or manipulate the vulnerable system. Physical interaction may be brief (e.g., evil maid attack) or persistent. An example of such an attack is a cold boot attack in which an attacker gains access to disk encryption keys after physically accessing the target system. Other examples include peripheral attacks via FireWire/USB Direct Memory Access (DMA)."}},o.AV={name:"Attack Vector",shortName:"AV",subCategory:"Exploitability Metrics",description:"This metric reflects the context by which vulnerability exploitation is possible.",values:[o.AV_VALUES.X,o.AV_VALUES.N,o.AV_VALUES.A,o.AV_VALUES.L,o.AV_VALUES.P],worseCaseValue:o.AV_VALUES.N},o.AC_VALUES={X:{shortName:"X",name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Not Defined"},L:{shortName:"L",name:"Low",jsonSchemaName:"LOW",description:"The attacker must take no measurable action to exploit the vulnerability. The attack requires no target-specific circumvention to exploit the vulnerability. An attacker can expect repeatable success against the vulnerable system."},H:{shortName:"H",name:"High",jsonSchemaName:"HIGH",description:"successful attack depends on the evasion or circumvention of security-enhancing techniques in place that would otherwise hinder the attack. The attacker must have additional methods available to bypass security measures in place."}},o.AC={name:"Attack Complexity",shortName:"AC",subCategory:"Exploitability Metrics",description:"This metric captures measurable actions that the attacker must take to evade or circumvent built-in security-enhancing conditions in order to obtain a working exploit.",values:[o.AC_VALUES.X,o.AC_VALUES.L,o.AC_VALUES.H],worseCaseValue:o.AC_VALUES.L},o.AT_VALUES={X:{shortName:"X",name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Not Defined"},N:{shortName:"N",name:"None",jsonSchemaName:"NONE",description:"The successful attack does not depend on the deployment and execution conditions of the vulnerable system. The attacker can expect to be able to reach the vulnerability and execute the exploit under all or most instances of the vulnerability."},P:{shortName:"P",name:"Present",jsonSchemaName:"PRESENT",description:"The successful attack depends on the presence of specific deployment and execution conditions of the vulnerable system that enable the attack. The successfulness of the attack is conditioned on execution conditions that are not under full control of the attacker. The attack may need to be launched multiple times against a single target before being successful. Network injection. The attacker must inject themselves into the logical network path between the target and the resource requested by the victim (e.g. vulnerabilities requiring an on-path attacker)."}},o.AT={name:"Attack Requirements",shortName:"AT",subCategory:"Exploitability Metrics",description:"This metric captures the prerequisite deployment and execution conditions or variables of the vulnerable system that enable the attack.",values:[o.AT_VALUES.X,o.AT_VALUES.N,o.AT_VALUES.P],worseCaseValue:o.AT_VALUES.N},o.PR_VALUES={X:{shortName:"X",name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Not Defined"},N:{shortName:"N",name:"None",jsonSchemaName:"NONE",description:"The attacker is unauthenticated prior to attack, and therefore does not require any access to settings or files of the vulnerable system to carry out an attack."},L:{shortName:"L",name:"Low",jsonSchemaName:"LOW",description:"The attacker requires privileges that provide basic capabilities that are typically limited to settings and resources owned by a single low-privileged user. Alternatively, an attacker with Low privileges has the ability to access only non-sensitive resources."},H:{shortName:"H",name:"High",jsonSchemaName:"HIGH",description:"The attacker requires privileges that provide significant (e.g., administrative) control over the vulnerable system allowing full access to the vulnerable system’s settings and files."}},o.PR={name:"Privileges Required",shortName:"PR",subCategory:"Exploitability Metrics",description:"This metric describes the level of privileges an attacker must possess prior to successfully exploiting the vulnerability.",values:[o.PR_VALUES.X,o.PR_VALUES.N,o.PR_VALUES.L,o.PR_VALUES.H],worseCaseValue:o.PR_VALUES.N},o.UI_VALUES={X:{shortName:"X",name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Not Defined"},N:{shortName:"N",name:"None",jsonSchemaName:"NONE",description:"The vulnerable system can be exploited without interaction from any human user, other than the attacker. Examples include: a remote attacker is able to send packets to a target system a locally authenticated attacker executes code to elevate privileges"},P:{shortName:"P",name:"Passive",jsonSchemaName:"PASSIVE",description:"Successful exploitation of this vulnerability requires limited interaction by the targeted user with the vulnerable system and the attacker’s payload. These interactions would be considered involuntary and do not require that the user actively subvert protections built into the vulnerable system."},A:{shortName:"A",name:"Active",jsonSchemaName:"ACTIVE",description:"Successful exploitation of this vulnerability requires a targeted user to perform specific, conscious interactions with the vulnerable system and the attacker’s payload, or the user’s interactions would actively subvert protection mechanisms which would lead to exploitation of the vulnerability."}},o.UI={name:"User Interaction",shortName:"UI",subCategory:"Exploitability Metrics",description:"This metric captures the requirement for a human user, other than the attacker, to participate in the successful compromise of the vulnerable system.",values:[o.UI_VALUES.X,o.UI_VALUES.N,o.UI_VALUES.P,o.UI_VALUES.A],worseCaseValue:o.UI_VALUES.N},o.VC={name:"Confidentiality",shortName:"VC",subCategory:"Vulnerable System Impact",description:"This metric measures the impact to the confidentiality of the information managed by the Vulnerable System due to a successfully exploited vulnerability.",values:o.VULNERABLE_SYSTEM_CONFIDENTIALITY_BASE,worseCaseValue:o.VULNERABLE_SYSTEM_CONFIDENTIALITY_BASE_VALUES.H},o.VI={name:"Integrity",shortName:"VI",subCategory:"Vulnerable System Impact",description:"This metric measures the impact to the integrity of the Vulnerable System due to a successfully exploited vulnerability.",values:o.VULNERABLE_SYSTEM_INTEGRITY_BASE,worseCaseValue:o.VULNERABLE_SYSTEM_INTEGRITY_BASE_VALUES.H},o.VA={name:"Availability",shortName:"VA",subCategory:"Vulnerable System Impact",description:"This metric measures the impact to the availability of the Vulnerable System due to a successfully exploited vulnerability.",values:o.VULNERABLE_SYSTEM_AVAILABILITY_BASE,worseCaseValue:o.VULNERABLE_SYSTEM_AVAILABILITY_BASE_VALUES.H},o.SC={name:"Confidentiality",shortName:"SC",subCategory:"Subsequent System Impact",description:"This metric measures the impact to the confidentiality of information managed by a system other than the Vulnerable System as a consequence of a successfully exploited vulnerability.",values:o.SUBSEQUENT_SYSTEM_CONFIDENTIALITY_BASE,worseCaseValue:o.SUBSEQUENT_SYSTEM_CONFIDENTIALITY_BASE_VALUES.H},o.SI={name:"Integrity",shortName:"SI",subCategory:"Subsequent System Impact",description:"This metric measures the impact to the integrity of a system other than the Vulnerable System as a consequence of a successfully exploited vulnerability.",values:o.SUBSEQUENT_SYSTEM_INTEGRITY_BASE,worseCaseValue:o.SUBSEQUENT_SYSTEM_INTEGRITY_BASE_VALUES.H},o.SA={name:"Availability",shortName:"SA",subCategory:"Subsequent System Impact",description:"This metric measures the impact to the availability of a system other than the Vulnerable System as a consequence of a successfully exploited vulnerability.",values:o.SUBSEQUENT_SYSTEM_AVAILABILITY_BASE,worseCaseValue:o.SUBSEQUENT_SYSTEM_AVAILABILITY_BASE_VALUES.H},o.S_VALUES={X:{shortName:"X",name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"The metric has not been evaluated."},N:{shortName:"N",name:"Negligible",abbreviatedName:"Negl.",jsonSchemaName:"NEGLIGIBLE",description:'Consequences of the vulnerability meet definition of IEC 61508 consequence categories of "marginal," "critical," or "catastrophic."'},P:{shortName:"P",name:"Present",jsonSchemaName:"PRESENT",description:'Consequences of the vulnerability meet definition of IEC 61508 consequence category "negligible."'}},o.S={name:"Safety",shortName:"S",description:"This supplemental metric captures Safety impacts of a vulnerability when the affected system has an intended use or fitness of purpose aligned to safety.",values:[o.S_VALUES.X,o.S_VALUES.N,o.S_VALUES.P],worseCaseValue:o.S_VALUES.P},o.AU_VALUES={X:{shortName:"X",name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"The metric has not been evaluated."},N:{shortName:"N",name:"No",jsonSchemaName:"NO",description:"Attackers cannot reliably automate all 4 steps of the kill chain for this vulnerability for some reason. These steps are reconnaissance, weaponization, delivery, and exploitation."},Y:{shortName:"Y",name:"Yes",jsonSchemaName:"YES",description:"Attackers can reliably automate all 4 steps of the kill chain. These steps are reconnaissance, weaponization, delivery, and exploitation (e.g., the vulnerability is “wormable”)."}},o.AU={name:"Automatable",shortName:"AU",description:"This supplemental metric captures whether an attacker can reliably automate exploitation of this vulnerability across multiple targets, based on the first four steps of the kill chain (reconnaissance, weaponization, delivery, and exploitation).",values:[o.AU_VALUES.X,o.AU_VALUES.N,o.AU_VALUES.Y],worseCaseValue:o.AU_VALUES.Y},o.R_VALUES={X:{shortName:"X",name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"The metric has not been evaluated."},A:{shortName:"A",name:"Automatic",abbreviatedName:"Automat.",jsonSchemaName:"AUTOMATIC",description:"The system recovers services automatically after an attack has been performed."},U:{shortName:"U",name:"User",jsonSchemaName:"USER",description:"The system requires manual intervention by the user to recover services, after an attack has been performed."},I:{shortName:"I",name:"Irrecoverable",abbreviatedName:"Irrecov.",jsonSchemaName:"IRRECOVERABLE",description:"The system services are irrecoverable by the user, after an attack has been performed."}},o.R={name:"Recovery",shortName:"R",description:"This supplemental metric describes the resilience of a system to recover services, in terms of performance and availability, after an attack has been performed.",values:[o.R_VALUES.X,o.R_VALUES.A,o.R_VALUES.U,o.R_VALUES.I],worseCaseValue:o.R_VALUES.I},o.V_VALUES={X:{shortName:"X",name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"The metric has not been evaluated."},D:{shortName:"D",name:"Diffuse",jsonSchemaName:"DIFFUSE",description:"The vulnerable system has limited resources. That is, the resources that the attacker will gain control over with a single exploitation event are relatively small. An example of Diffuse (think: limited) Value Density would be an attack on a single email client vulnerability."},C:{shortName:"C",name:"Concentrated",abbreviatedName:"Concentr.",jsonSchemaName:"CONCENTRATED",description:"The vulnerable system is rich in resources. Heuristically, such systems are often the direct responsibility of “system operators” rather than users. An example of Concentrated (think: broad) Value Density would be an attack on a central email server."}},o.V={name:"Value Density",shortName:"V",description:"This supplemental metric describes the resources that the attacker will gain control over with a single exploitation event.",values:[o.V_VALUES.X,o.V_VALUES.D,o.V_VALUES.C],worseCaseValue:o.V_VALUES.C},o.RE_VALUES={X:{shortName:"X",name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"The metric has not been evaluated."},L:{shortName:"L",name:"Low",jsonSchemaName:"LOW",description:"The effort required to respond to a vulnerability is low/trivial. Examples include: communication on better documentation, configuration workarounds, or guidance from the vendor that does not require an immediate update, upgrade, or replacement by the consuming entity, such as firewall filter configuration."},M:{shortName:"M",name:"Moderate",abbreviatedName:"Moder.",jsonSchemaName:"MODERATE",description:"The actions required to respond to a vulnerability require some effort on behalf of the consumer and could cause minimal service impact to implement. Examples include: simple remote update, disabling of a subsystem, or a low-touch software upgrade such as a driver update."},H:{shortName:"H",name:"High",jsonSchemaName:"HIGH",description:"The actions required to respond to a vulnerability are significant and/or difficult, and may possibly lead to an extended, scheduled service impact. This would need to be considered for scheduling purposes including honoring any embargo on deployment of the selected response. Alternatively, response to the vulnerability in the field is not possible remotely. The only resolution to the vulnerability involves physical replacement (e.g. units deployed would have to be recalled for a depot level repair or replacement)."}},o.RE={name:"Vulnerability Response Effort",shortName:"RE",description:"This supplemental metric provides supplemental information on how difficult it is for consumers to provide an initial response to the impact of a vulnerability for deployed products and services in their infrastructure.",values:[o.RE_VALUES.X,o.RE_VALUES.L,o.RE_VALUES.M,o.RE_VALUES.H],worseCaseValue:o.RE_VALUES.H},o.U_VALUES={X:{shortName:"X",name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"The metric has not been evaluated."},Clear:{shortName:"Clear",name:"Clear",jsonSchemaName:"CLEAR",description:"Provider has assessed the impact of this vulnerability as having the highest urgency."},Green:{shortName:"Green",name:"Green",jsonSchemaName:"GREEN",description:"Provider has assessed the impact of this vulnerability as having a moderate urgency."},Amber:{shortName:"Amber",name:"Amber",jsonSchemaName:"AMBER",description:"Provider has assessed the impact of this vulnerability as having a reduced urgency."},Red:{shortName:"Red",name:"Red",jsonSchemaName:"RED",description:"Provider has assessed the impact of this vulnerability as having no urgency (Informational)."}},o.U={name:"Provider Urgency",shortName:"U",description:"This supplemental metric provides a standardized way for the system provider to convey a qualitative urgency rating (Clear, Green, Amber, Red) for the vulnerability.",values:[o.U_VALUES.X,o.U_VALUES.Clear,o.U_VALUES.Green,o.U_VALUES.Amber,o.U_VALUES.Red],worseCaseValue:o.U_VALUES.Red},o.MAV={name:"Modified Attack Vector",shortName:"MAV",subCategory:"Exploitability Metrics",description:"Overrides the Base Attack Vector metric to reflect specific characteristics of the analyst's environment.",baseMetricEquivalent:o.AV,values:o.AV.values,worseCaseValue:o.AV_VALUES.N},o.MAC={name:"Modified Attack Complexity",shortName:"MAC",subCategory:"Exploitability Metrics",description:"Overrides the Base Attack Complexity metric to reflect specific characteristics of the analyst's environment.",baseMetricEquivalent:o.AC,values:o.AC.values,worseCaseValue:o.AC_VALUES.L},o.MAT={name:"Modified Attack Requirements",shortName:"MAT",subCategory:"Exploitability Metrics",description:"Overrides the Base Attack Requirements metric to reflect specific characteristics of the analyst's environment.",baseMetricEquivalent:o.AT,values:o.AT.values,worseCaseValue:o.AT_VALUES.P},o.MPR={name:"Modified Privileges Required",shortName:"MPR",subCategory:"Exploitability Metrics",description:"Overrides the Base Privileges Required metric to reflect specific characteristics of the analyst's environment.",baseMetricEquivalent:o.PR,values:o.PR.values,worseCaseValue:o.PR_VALUES.N},o.MUI={name:"Modified User Interaction",shortName:"MUI",subCategory:"Exploitability Metrics",description:"Overrides the Base User Interaction metric to reflect specific characteristics of the analyst's environment.",baseMetricEquivalent:o.UI,values:o.UI.values,worseCaseValue:o.UI_VALUES.N},o.MVC={name:"Modified Confidentiality",shortName:"MVC",subCategory:"Vulnerable System Impact",description:"Overrides the Base Vulnerable System Confidentiality metric to reflect specific characteristics of the analyst's environment.",baseMetricEquivalent:o.VC,values:o.VULNERABLE_SYSTEM_CONFIDENTIALITY_BASE,worseCaseValue:o.VULNERABLE_SYSTEM_CONFIDENTIALITY_BASE_VALUES.H},o.MVI={name:"Modified Integrity",shortName:"MVI",subCategory:"Vulnerable System Impact",description:"Overrides the Base Vulnerable System Integrity metric to reflect specific characteristics of the analyst's environment.",baseMetricEquivalent:o.VI,values:o.VULNERABLE_SYSTEM_INTEGRITY_BASE,worseCaseValue:o.VULNERABLE_SYSTEM_INTEGRITY_BASE_VALUES.H},o.MVA={name:"Modified Availability",shortName:"MVA",subCategory:"Vulnerable System Impact",description:"Overrides the Base Vulnerable System Availability metric to reflect specific characteristics of the analyst's environment.",baseMetricEquivalent:o.VA,values:o.VULNERABLE_SYSTEM_AVAILABILITY_BASE,worseCaseValue:o.VULNERABLE_SYSTEM_AVAILABILITY_BASE_VALUES.H},o.MSC={name:"Modified Confidentiality",shortName:"MSC",subCategory:"Subsequent System Impact",description:"Overrides the Base Subsequent System Confidentiality metric to reflect specific characteristics of the analyst's environment.",baseMetricEquivalent:o.SC,values:o.SUBSEQUENT_SYSTEM_CONFIDENTIALITY_MODIFIED,worseCaseValue:o.SUBSEQUENT_SYSTEM_CONFIDENTIALITY_MODIFIED_VALUES.H},o.MSI={name:"Modified Integrity",shortName:"MSI",subCategory:"Subsequent System Impact",description:"Overrides the Base Subsequent System Integrity metric to reflect specific characteristics of the analyst's environment.",baseMetricEquivalent:o.SI,baseMetricEquivalentMapper:e=>e===o.SUBSEQUENT_SYSTEM_INTEGRITY_MODIFIED_VALUES.S?o.SUBSEQUENT_SYSTEM_INTEGRITY_MODIFIED_VALUES.H:e,values:o.SUBSEQUENT_SYSTEM_INTEGRITY_MODIFIED,worseCaseValue:o.SUBSEQUENT_SYSTEM_INTEGRITY_MODIFIED_VALUES.H},o.MSA={name:"Modified Availability",shortName:"MSA",subCategory:"Subsequent System Impact",description:"Overrides the Base Subsequent System Availability metric to reflect specific characteristics of the analyst's environment.",baseMetricEquivalent:o.SA,baseMetricEquivalentMapper:e=>e===o.SUBSEQUENT_SYSTEM_AVAILABILITY_MODIFIED_VALUES.S?o.SUBSEQUENT_SYSTEM_AVAILABILITY_MODIFIED_VALUES.H:e,values:o.SUBSEQUENT_SYSTEM_AVAILABILITY_MODIFIED,worseCaseValue:o.SUBSEQUENT_SYSTEM_AVAILABILITY_MODIFIED_VALUES.H},o.CR={name:"Confidentiality Requirement",shortName:"CR",description:"This metric enables the consumer to customize the assessment depending on the importance of Confidentiality to the affected IT asset within the analyst's organization.",values:o.REQUIREMENT_CONFIDENTIALITY_MODIFIED,worseCaseValue:o.REQUIREMENT_CONFIDENTIALITY_MODIFIED_VALUES.H},o.IR={name:"Integrity Requirement",shortName:"IR",description:"This metric enables the consumer to customize the assessment depending on the importance of Integrity to the affected IT asset within the analyst's organization.",values:o.REQUIREMENT_INTEGRITY_MODIFIED,worseCaseValue:o.REQUIREMENT_INTEGRITY_MODIFIED_VALUES.H},o.AR={name:"Availability Requirement",shortName:"AR",description:"This metric enables the consumer to customize the assessment depending on the importance of Availability to the affected IT asset within the analyst's organization.",values:o.REQUIREMENT_AVAILABILITY_MODIFIED,worseCaseValue:o.REQUIREMENT_AVAILABILITY_MODIFIED_VALUES.H},o.E_VALUES={X:{shortName:"X",name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Reliable threat intelligence is not available to determine Exploit Maturity characteristics. This is the default value and is equivalent to Attacked (A) for the purposes of the calculation of the score by assuming the worst case."},A:{shortName:"A",name:"Attacked",jsonSchemaName:"ATTACKED",description:"Based on available threat intelligence either of the following must apply: Attacks targeting this vulnerability (attempted or successful) have been reported Solutions to simplify attempts to exploit the vulnerability are publicly or privately available (such as exploit toolkits)"},P:{shortName:"P",name:"POC",jsonSchemaName:"PROOF_OF_CONCEPT",description:"Based on available threat intelligence each of the following must apply: Proof-of-concept exploit code is publicly available No knowledge of reported attempts to exploit this vulnerability No knowledge of publicly available solutions used to simplify attempts to exploit the vulnerability (i.e., the “Attacked” value does not apply)"},U:{shortName:"U",name:"Unreported",jsonSchemaName:"UNREPORTED",description:"Based on available threat intelligence each of the following must apply: No knowledge of publicly available proof-of-concept exploit code No knowledge of reported attempts to exploit this vulnerability No knowledge of publicly available solutions used to simplify attempts to exploit the vulnerability (i.e., neither the “POC” nor “Attacked” values apply)"}},o.E={name:"Exploit Maturity",shortName:"E",description:"This metric measures the likelihood of the vulnerability being attacked, and is based on the current state of exploit techniques, exploit code availability, or active in-the-wild exploitation.",values:[o.E_VALUES.X,o.E_VALUES.A,o.E_VALUES.P,o.E_VALUES.U],worseCaseValue:o.E_VALUES.A},o.BASE_CATEGORY={name:"base",description:"Base Metrics"},o.SUPPLEMENTAL_CATEGORY={name:"supplemental",description:"Supplemental Metrics"},o.ENVIRONMENTAL_MODIFIED_BASE_CATEGORY={name:"environmental-base",description:"Environmental Metrics (Modified Base)"},o.ENVIRONMENTAL_SECURITY_REQUIREMENT_CATEGORY={name:"environmental-security-requirement",description:"Environmental Metrics (Security Requirements)"},o.THREAT_CATEGORY={name:"threat",description:"Threat Metrics"},o.BASE_CATEGORY_VALUES=[o.AV,o.AC,o.AT,o.PR,o.UI,o.VC,o.VI,o.VA,o.SC,o.SI,o.SA],o.SUPPLEMENTAL_CATEGORY_VALUES=[o.S,o.AU,o.R,o.V,o.RE,o.U],o.ENVIRONMENTAL_MODIFIED_BASE_CATEGORY_VALUES=[o.MAV,o.MAC,o.MAT,o.MPR,o.MUI,o.MVC,o.MVI,o.MVA,o.MSC,o.MSI,o.MSA],o.ENVIRONMENTAL_SECURITY_REQUIREMENT_CATEGORY_VALUES=[o.CR,o.IR,o.AR],o.THREAT_CATEGORY_VALUES=[o.E],o.REGISTERED_COMPONENTS_EDITOR_ORDER=new Map,o.REGISTERED_COMPONENTS_VECTOR_STRING_ORDER=new Map,o.REGISTERED_COMPONENTS_EDITOR_ORDER.set(o.BASE_CATEGORY,o.BASE_CATEGORY_VALUES),o.REGISTERED_COMPONENTS_EDITOR_ORDER.set(o.SUPPLEMENTAL_CATEGORY,o.SUPPLEMENTAL_CATEGORY_VALUES),o.REGISTERED_COMPONENTS_EDITOR_ORDER.set(o.ENVIRONMENTAL_MODIFIED_BASE_CATEGORY,o.ENVIRONMENTAL_MODIFIED_BASE_CATEGORY_VALUES),o.REGISTERED_COMPONENTS_EDITOR_ORDER.set(o.ENVIRONMENTAL_SECURITY_REQUIREMENT_CATEGORY,o.ENVIRONMENTAL_SECURITY_REQUIREMENT_CATEGORY_VALUES),o.REGISTERED_COMPONENTS_EDITOR_ORDER.set(o.THREAT_CATEGORY,o.THREAT_CATEGORY_VALUES),o.REGISTERED_COMPONENTS_VECTOR_STRING_ORDER.set(o.BASE_CATEGORY,o.BASE_CATEGORY_VALUES),o.REGISTERED_COMPONENTS_VECTOR_STRING_ORDER.set(o.THREAT_CATEGORY,o.THREAT_CATEGORY_VALUES),o.REGISTERED_COMPONENTS_VECTOR_STRING_ORDER.set(o.ENVIRONMENTAL_SECURITY_REQUIREMENT_CATEGORY,o.ENVIRONMENTAL_SECURITY_REQUIREMENT_CATEGORY_VALUES),o.REGISTERED_COMPONENTS_VECTOR_STRING_ORDER.set(o.ENVIRONMENTAL_MODIFIED_BASE_CATEGORY,o.ENVIRONMENTAL_MODIFIED_BASE_CATEGORY_VALUES),o.REGISTERED_COMPONENTS_VECTOR_STRING_ORDER.set(o.SUPPLEMENTAL_CATEGORY,o.SUPPLEMENTAL_CATEGORY_VALUES),o.MV_LOOKUP={"000000":10,"000001":9.9,"000010":9.8,"000011":9.5,"000020":9.5,"000021":9.2,"000100":10,"000101":9.6,"000110":9.3,"000111":8.7,"000120":9.1,"000121":8.1,"000200":9.3,"000201":9,"000210":8.9,"000211":8,"000220":8.1,"000221":6.8,"001000":9.8,"001001":9.5,"001010":9.5,"001011":9.2,"001020":9,"001021":8.4,"001100":9.3,"001101":9.2,"001110":8.9,"001111":8.1,"001120":8.1,"001121":6.5,"001200":8.8,"001201":8,"001210":7.8,"001211":7,"001220":6.9,"001221":4.8,"002001":9.2,"002011":8.2,"002021":7.2,"002101":7.9,"002111":6.9,"002121":5,"002201":6.9,"002211":5.5,"002221":2.7,"010000":9.9,"010001":9.7,"010010":9.5,"010011":9.2,"010020":9.2,"010021":8.5,"010100":9.5,"010101":9.1,"010110":9,"010111":8.3,"010120":8.4,"010121":7.1,"010200":9.2,"010201":8.1,"010210":8.2,"010211":7.1,"010220":7.2,"010221":5.3,"011000":9.5,"011001":9.3,"011010":9.2,"011011":8.5,"011020":8.5,"011021":7.3,"011100":9.2,"011101":8.2,"011110":8,"011111":7.2,"011120":7,"011121":5.9,"011200":8.4,"011201":7,"011210":7.1,"011211":5.2,"011220":5,"011221":3,"012001":8.6,"012011":7.5,"012021":5.2,"012101":7.1,"012111":5.2,"012121":2.9,"012201":6.3,"012211":2.9,"012221":1.7,1e5:9.8,100001:9.5,100010:9.4,100011:8.7,100020:9.1,100021:8.1,100100:9.4,100101:8.9,100110:8.6,100111:7.4,100120:7.7,100121:6.4,100200:8.7,100201:7.5,100210:7.4,100211:6.3,100220:6.3,100221:4.9,101e3:9.4,101001:8.9,101010:8.8,101011:7.7,101020:7.6,101021:6.7,101100:8.6,101101:7.6,101110:7.4,101111:5.8,101120:5.9,101121:5,101200:7.2,101201:5.7,101210:5.7,101211:5.2,101220:5.2,101221:2.5,102001:8.3,102011:7,102021:5.4,102101:6.5,102111:5.8,102121:2.6,102201:5.3,102211:2.1,102221:1.3,11e4:9.5,110001:9,110010:8.8,110011:7.6,110020:7.6,110021:7,110100:9,110101:7.7,110110:7.5,110111:6.2,110120:6.1,110121:5.3,110200:7.7,110201:6.6,110210:6.8,110211:5.9,110220:5.2,110221:3,111e3:8.9,111001:7.8,111010:7.6,111011:6.7,111020:6.2,111021:5.8,111100:7.4,111101:5.9,111110:5.7,111111:5.7,111120:4.7,111121:2.3,111200:6.1,111201:5.2,111210:5.7,111211:2.9,111220:2.4,111221:1.6,112001:7.1,112011:5.9,112021:3,112101:5.8,112111:2.6,112121:1.5,112201:2.3,112211:1.3,112221:.6,2e5:9.3,200001:8.7,200010:8.6,200011:7.2,200020:7.5,200021:5.8,200100:8.6,200101:7.4,200110:7.4,200111:6.1,200120:5.6,200121:3.4,200200:7,200201:5.4,200210:5.2,200211:4,200220:4,200221:2.2,201e3:8.5,201001:7.5,201010:7.4,201011:5.5,201020:6.2,201021:5.1,201100:7.2,201101:5.7,201110:5.5,201111:4.1,201120:4.6,201121:1.9,201200:5.3,201201:3.6,201210:3.4,201211:1.9,201220:1.9,201221:.8,202001:6.4,202011:5.1,202021:2,202101:4.7,202111:2.1,202121:1.1,202201:2.4,202211:.9,202221:.4,21e4:8.8,210001:7.5,210010:7.3,210011:5.3,210020:6,210021:5,210100:7.3,210101:5.5,210110:5.9,210111:4,210120:4.1,210121:2,210200:5.4,210201:4.3,210210:4.5,210211:2.2,210220:2,210221:1.1,211e3:7.5,211001:5.5,211010:5.8,211011:4.5,211020:4,211021:2.1,211100:6.1,211101:5.1,211110:4.8,211111:1.8,211120:2,211121:.9,211200:4.6,211201:1.8,211210:1.7,211211:.7,211220:.8,211221:.2,212001:5.3,212011:2.4,212021:1.4,212101:2.4,212111:1.2,212121:.5,212201:1,212211:.3,212221:.1},o.ATTRIBUTE_SEVERITY_ORDER=[[o.AT_VALUES.P,o.AT_VALUES.P],[o.AT_VALUES.N,o.AT_VALUES.N],[o.AT_VALUES.X,o.AT_VALUES.X],[o.S_VALUES.X],[o.S_VALUES.N],[o.S_VALUES.P],[o.AU_VALUES.X],[o.AU_VALUES.N],[o.AU_VALUES.Y],[o.V_VALUES.X],[o.V_VALUES.D],[o.V_VALUES.C],[o.AC_VALUES.H,o.AC_VALUES.H],[o.AC_VALUES.L,o.AC_VALUES.L],[o.AC_VALUES.X,o.AC_VALUES.X],[o.PR_VALUES.H,o.PR_VALUES.H],[o.PR_VALUES.L,o.PR_VALUES.L],[o.PR_VALUES.N,o.PR_VALUES.N],[o.PR_VALUES.X,o.PR_VALUES.X],[o.UI_VALUES.A,o.UI_VALUES.A],[o.UI_VALUES.P,o.UI_VALUES.P],[o.UI_VALUES.N,o.UI_VALUES.N],[o.UI_VALUES.X,o.UI_VALUES.X],[o.VULNERABLE_SYSTEM_CONFIDENTIALITY_BASE_VALUES.X,o.VULNERABLE_SYSTEM_INTEGRITY_BASE_VALUES.X,o.VULNERABLE_SYSTEM_AVAILABILITY_BASE_VALUES.X],[o.VULNERABLE_SYSTEM_CONFIDENTIALITY_BASE_VALUES.N,o.VULNERABLE_SYSTEM_INTEGRITY_BASE_VALUES.N,o.VULNERABLE_SYSTEM_AVAILABILITY_BASE_VALUES.N],[o.VULNERABLE_SYSTEM_CONFIDENTIALITY_BASE_VALUES.L,o.VULNERABLE_SYSTEM_INTEGRITY_BASE_VALUES.L,o.VULNERABLE_SYSTEM_AVAILABILITY_BASE_VALUES.L],[o.VULNERABLE_SYSTEM_CONFIDENTIALITY_BASE_VALUES.H,o.VULNERABLE_SYSTEM_INTEGRITY_BASE_VALUES.H,o.VULNERABLE_SYSTEM_AVAILABILITY_BASE_VALUES.H],[o.SUBSEQUENT_SYSTEM_CONFIDENTIALITY_MODIFIED_VALUES.X,o.SUBSEQUENT_SYSTEM_INTEGRITY_MODIFIED_VALUES.X,o.SUBSEQUENT_SYSTEM_AVAILABILITY_MODIFIED_VALUES.X,o.SUBSEQUENT_SYSTEM_CONFIDENTIALITY_BASE_VALUES.X,o.SUBSEQUENT_SYSTEM_INTEGRITY_BASE_VALUES.X,o.SUBSEQUENT_SYSTEM_AVAILABILITY_BASE_VALUES.X],[o.SUBSEQUENT_SYSTEM_CONFIDENTIALITY_MODIFIED_VALUES.N,o.SUBSEQUENT_SYSTEM_INTEGRITY_MODIFIED_VALUES.N,o.SUBSEQUENT_SYSTEM_AVAILABILITY_MODIFIED_VALUES.N,o.SUBSEQUENT_SYSTEM_CONFIDENTIALITY_BASE_VALUES.N,o.SUBSEQUENT_SYSTEM_INTEGRITY_BASE_VALUES.N,o.SUBSEQUENT_SYSTEM_AVAILABILITY_BASE_VALUES.N],[o.SUBSEQUENT_SYSTEM_CONFIDENTIALITY_MODIFIED_VALUES.L,o.SUBSEQUENT_SYSTEM_INTEGRITY_MODIFIED_VALUES.L,o.SUBSEQUENT_SYSTEM_AVAILABILITY_MODIFIED_VALUES.L,o.SUBSEQUENT_SYSTEM_CONFIDENTIALITY_BASE_VALUES.L,o.SUBSEQUENT_SYSTEM_INTEGRITY_BASE_VALUES.L,o.SUBSEQUENT_SYSTEM_AVAILABILITY_BASE_VALUES.L],[o.SUBSEQUENT_SYSTEM_CONFIDENTIALITY_MODIFIED_VALUES.H,o.SUBSEQUENT_SYSTEM_INTEGRITY_MODIFIED_VALUES.H,o.SUBSEQUENT_SYSTEM_AVAILABILITY_MODIFIED_VALUES.H,o.SUBSEQUENT_SYSTEM_CONFIDENTIALITY_BASE_VALUES.H,o.SUBSEQUENT_SYSTEM_INTEGRITY_BASE_VALUES.H,o.SUBSEQUENT_SYSTEM_AVAILABILITY_BASE_VALUES.H],[o.SUBSEQUENT_SYSTEM_INTEGRITY_MODIFIED_VALUES.S,o.SUBSEQUENT_SYSTEM_AVAILABILITY_MODIFIED_VALUES.S,o.SUBSEQUENT_SYSTEM_CONFIDENTIALITY_BASE_VALUES.S,o.SUBSEQUENT_SYSTEM_INTEGRITY_BASE_VALUES.S,o.SUBSEQUENT_SYSTEM_AVAILABILITY_BASE_VALUES.S],[o.REQUIREMENT_CONFIDENTIALITY_MODIFIED_VALUES.L,o.REQUIREMENT_AVAILABILITY_MODIFIED_VALUES.L,o.REQUIREMENT_INTEGRITY_MODIFIED_VALUES.L],[o.REQUIREMENT_CONFIDENTIALITY_MODIFIED_VALUES.M,o.REQUIREMENT_AVAILABILITY_MODIFIED_VALUES.M,o.REQUIREMENT_INTEGRITY_MODIFIED_VALUES.M],[o.REQUIREMENT_CONFIDENTIALITY_MODIFIED_VALUES.H,o.REQUIREMENT_AVAILABILITY_MODIFIED_VALUES.H,o.REQUIREMENT_INTEGRITY_MODIFIED_VALUES.H],[o.REQUIREMENT_CONFIDENTIALITY_MODIFIED_VALUES.X,o.REQUIREMENT_AVAILABILITY_MODIFIED_VALUES.X,o.REQUIREMENT_INTEGRITY_MODIFIED_VALUES.X],[o.E_VALUES.U],[o.E_VALUES.P],[o.E_VALUES.A],[o.E_VALUES.X],[o.R_VALUES.X],[o.R_VALUES.A],[o.R_VALUES.U],[o.R_VALUES.I],[o.RE_VALUES.X],[o.RE_VALUES.L],[o.RE_VALUES.M],[o.RE_VALUES.H],[o.U_VALUES.X],[o.U_VALUES.Clear],[o.U_VALUES.Green],[o.U_VALUES.Amber],[o.U_VALUES.Red],[o.AV_VALUES.X,o.AV_VALUES.X],[o.AV_VALUES.P,o.AV_VALUES.P],[o.AV_VALUES.L,o.AV_VALUES.L],[o.AV_VALUES.A,o.AV_VALUES.A],[o.AV_VALUES.N,o.AV_VALUES.N]]},904:(e,t)=>{Object.defineProperty(t,"__esModule",{value:!0}),t.EqOperations36=t.EqOperations5=t.EqOperations4=t.EqOperations2=t.EqOperations1=t.EqOperations1245=t.getEqImplementations=void 0,t.getEqImplementations=()=>[a.getInstance(),i.getInstance(),s.getInstance(),n.getInstance(),r.getInstance()];class o{deriveNextLowerMacro(e){return[e.deriveNextLower(this.getEqNumber())]}lookupScoresForNextLowerMacro(e){return e[0].getLookupTableScore()}getHighestSeverityVectors(e){return this.getEq(e).getHighestSeverityVectorsUnparsed()}lookupMacroVectorDepth(e){return this.getEq(e).getVectorDepth()}}t.EqOperations1245=o;class a extends o{getEq(e){return e.getEq1()}getRelevantAttributes(){return["AV","PR","UI"]}getEqNumber(){return 1}static getInstance(){return a.instance}}t.EqOperations1=a,a.instance=new a;class i extends o{getEq(e){return e.getEq2()}getRelevantAttributes(){return["AC","AT"]}getEqNumber(){return 2}static getInstance(){return i.instance}}t.EqOperations2=i,i.instance=new i;class s extends o{getEq(e){return e.getEq4()}getRelevantAttributes(){return["SC","SI","SA"]}getEqNumber(){return 4}static getInstance(){return s.instance}}t.EqOperations4=s,s.instance=new s;class n extends o{getEq(e){return e.getEq5()}getRelevantAttributes(){return[]}getEqNumber(){return 5}static getInstance(){return n.instance}}t.EqOperations5=n,n.instance=new n;class r{static getInstance(){return r.instance}getHighestSeverityVectors(e){return e.getJointEq3AndEq6().getHighestSeverityVectorsUnparsed()}getRelevantAttributes(){return["VC","VI","VA","CR","IR","AR"]}deriveNextLowerMacro(e){const t=e.getEq3().getLevelAsInt(),o=e.getEq6().getLevelAsInt();return 1===t&&1===o||0===t&&1===o?[e.deriveNextLower(3)]:1===t&&0===o?[e.deriveNextLower(6)]:0===t&&0===o?[e.deriveNextLower(3),e.deriveNextLower(6)]:[e.deriveNextLower(3).deriveNextLower(6)]}lookupScoresForNextLowerMacro(e){let t=NaN,o=NaN;return e.length>0&&null!=e[0]&&(t=e[0].getLookupTableScore()),e.length>1&&null!=e[1]&&(o=e[1].getLookupTableScore()),isNaN(t)||isNaN(o)?isNaN(t)?o:t:Math.max(t,o)}lookupMacroVectorDepth(e){return e.getJointEq3AndEq6().getVectorDepth()}}t.EqOperations36=r,r.instance=new r},951:(e,t)=>{var o;Object.defineProperty(t,"__esModule",{value:!0}),t.Cvss3P1Components=void 0;class a{}t.Cvss3P1Components=a,o=a,a.CONFIDENTIALITY_IMPACT_VALUES={X:{shortName:"X",value:0,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},N:{shortName:"N",value:0,name:"None",jsonSchemaName:"NONE",description:"There is no loss of confidentiality within the impacted component."},L:{shortName:"L",value:.22,name:"Low",jsonSchemaName:"LOW",description:"There is some loss of confidentiality. Access to some restricted information is obtained, but the attacker does not have control over what information is obtained, or the amount or kind of loss is limited. The information disclosure does not cause a direct, serious loss to the impacted component."},H:{shortName:"H",value:.56,name:"High",jsonSchemaName:"HIGH",description:"There is a total loss of confidentiality, resulting in all resources within the impacted component being divulged to the attacker. Alternatively, access to only some restricted information is obtained, but the disclosed information presents a direct, serious impact. For example, an attacker steals the administrator's password, or private encryption keys of a web server."}},a.CONFIDENTIALITY_IMPACT=[o.CONFIDENTIALITY_IMPACT_VALUES.X,o.CONFIDENTIALITY_IMPACT_VALUES.N,o.CONFIDENTIALITY_IMPACT_VALUES.L,o.CONFIDENTIALITY_IMPACT_VALUES.H],a.INTEGRITY_IMPACT_VALUES={X:{shortName:"X",value:0,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},N:{shortName:"N",value:0,name:"None",jsonSchemaName:"NONE",description:"There is no loss of integrity within the impacted component."},L:{shortName:"L",value:.22,name:"Low",jsonSchemaName:"LOW",description:"Modification of data is possible, but the attacker does not have control over the consequence of a modification, or the amount of modification is limited. The data modification does not have a direct, serious impact on the impacted component."},H:{shortName:"H",value:.56,name:"High",jsonSchemaName:"HIGH",description:"There is a total loss of integrity, or a complete loss of protection. For example, the attacker is able to modify any/all files protected by the impacted component. Alternatively, only some files can be modified, but malicious modification would present a direct, serious consequence to the impacted component."}},a.INTEGRITY_IMPACT=[o.INTEGRITY_IMPACT_VALUES.X,o.INTEGRITY_IMPACT_VALUES.N,o.INTEGRITY_IMPACT_VALUES.L,o.INTEGRITY_IMPACT_VALUES.H],a.AVAILABILITY_IMPACT_VALUES={X:{shortName:"X",value:0,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},N:{shortName:"N",value:0,name:"None",jsonSchemaName:"NONE",description:"There is no impact to availability within the impacted component."},L:{shortName:"L",value:.22,name:"Low",jsonSchemaName:"LOW",description:"Performance is reduced or there are interruptions in resource availability. Even if repeated exploitation of the vulnerability is possible, the attacker does not have the ability to completely deny service to legitimate users. The resources in the impacted component are either partially available all of the time, or fully available only some of the time, but overall there is no direct, serious consequence to the impacted component."},H:{shortName:"H",value:.56,name:"High",jsonSchemaName:"HIGH",description:"There is a total loss of availability, resulting in the attacker being able to fully deny access to resources in the impacted component; this loss is either sustained (while the attacker continues to deliver the attack) or persistent (the condition persists even after the attack has completed). Alternatively, the attacker has the ability to deny some availability, but the loss of availability presents a direct, serious consequence to the impacted component (e.g., the attacker cannot disrupt existing connections, but can prevent new connections; the attacker can repeatedly exploit a vulnerability that, in each instance of a successful attack, leaks a only small amount of memory, but after repeated exploitation causes a service to become completely unavailable)."}},a.AVAILABILITY_IMPACT=[o.AVAILABILITY_IMPACT_VALUES.X,o.AVAILABILITY_IMPACT_VALUES.N,o.AVAILABILITY_IMPACT_VALUES.L,o.AVAILABILITY_IMPACT_VALUES.H],a.CONFIDENTIALITY_REQUIREMENT_VALUES={X:{shortName:"X",value:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Assigning this value indicates there is insufficient information to choose one of the other values, and has no impact on the overall Environmental Score, i.e., it has the same effect on scoring as assigning Medium."},L:{shortName:"L",value:.5,name:"Low",jsonSchemaName:"LOW",description:"Loss of Confidentiality is likely to have only a limited adverse effect on the organization or individuals associated with the organization (e.g., employees, customers)."},M:{shortName:"M",value:1,name:"Medium",jsonSchemaName:"MEDIUM",description:"Loss of Confidentiality is likely to have a serious adverse effect on the organization or individuals associated with the organization (e.g., employees, customers)."},H:{shortName:"H",value:1.5,name:"High",jsonSchemaName:"HIGH",description:"Loss of Confidentiality is likely to have a catastrophic adverse effect on the organization or individuals associated with the organization (e.g., employees, customers)."}},a.CONFIDENTIALITY_REQUIREMENT=[o.CONFIDENTIALITY_REQUIREMENT_VALUES.X,o.CONFIDENTIALITY_REQUIREMENT_VALUES.L,o.CONFIDENTIALITY_REQUIREMENT_VALUES.M,o.CONFIDENTIALITY_REQUIREMENT_VALUES.H],a.INTEGRITY_REQUIREMENT_VALUES={X:{shortName:"X",value:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Assigning this value indicates there is insufficient information to choose one of the other values, and has no impact on the overall Environmental Score, i.e., it has the same effect on scoring as assigning Medium."},L:{shortName:"L",value:.5,name:"Low",jsonSchemaName:"LOW",description:"Loss of Integrity is likely to have only a limited adverse effect on the organization or individuals associated with the organization (e.g., employees, customers)."},M:{shortName:"M",value:1,name:"Medium",jsonSchemaName:"MEDIUM",description:"Loss of Integrity is likely to have a serious adverse effect on the organization or individuals associated with the organization (e.g., employees, customers)."},H:{shortName:"H",value:1.5,name:"High",jsonSchemaName:"HIGH",description:"Loss of Integrity is likely to have a catastrophic adverse effect on the organization or individuals associated with the organization (e.g., employees, customers)."}},a.INTEGRITY_REQUIREMENT=[o.INTEGRITY_REQUIREMENT_VALUES.X,o.INTEGRITY_REQUIREMENT_VALUES.L,o.INTEGRITY_REQUIREMENT_VALUES.M,o.INTEGRITY_REQUIREMENT_VALUES.H],a.AVAILABILITY_REQUIREMENT_VALUES={X:{shortName:"X",value:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Assigning this value indicates there is insufficient information to choose one of the other values, and has no impact on the overall Environmental Score, i.e., it has the same effect on scoring as assigning Medium."},L:{shortName:"L",value:.5,name:"Low",jsonSchemaName:"LOW",description:"Loss of Availability is likely to have only a limited adverse effect on the organization or individuals associated with the organization (e.g., employees, customers)."},M:{shortName:"M",value:1,name:"Medium",jsonSchemaName:"MEDIUM",description:"Loss of Availability is likely to have a serious adverse effect on the organization or individuals associated with the organization (e.g., employees, customers)."},H:{shortName:"H",value:1.5,name:"High",jsonSchemaName:"HIGH",description:"Loss of Availability is likely to have a catastrophic adverse effect on the organization or individuals associated with the organization (e.g., employees, customers)."}},a.AVAILABILITY_REQUIREMENT=[o.AVAILABILITY_REQUIREMENT_VALUES.X,o.AVAILABILITY_REQUIREMENT_VALUES.L,o.AVAILABILITY_REQUIREMENT_VALUES.M,o.AVAILABILITY_REQUIREMENT_VALUES.H],a.TEMPLATE_CIA_REQUIREMENT_MODIFIED_VALUES={X:{shortName:"X",value:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},L:{shortName:"L",value:.5,name:"Low",jsonSchemaName:"LOW",description:"There is no impact to the integrity of the system."},M:{shortName:"M",value:1,name:"Medium",jsonSchemaName:"MEDIUM",description:"There is a partial compromise of system integrity."},H:{shortName:"H",value:1.5,name:"High",jsonSchemaName:"HIGH",description:"There is a total compromise of system integrity."}},a.TEMPLATE_CIA_REQUIREMENT_MODIFIED=[o.TEMPLATE_CIA_REQUIREMENT_MODIFIED_VALUES.X,o.TEMPLATE_CIA_REQUIREMENT_MODIFIED_VALUES.L,o.TEMPLATE_CIA_REQUIREMENT_MODIFIED_VALUES.M,o.TEMPLATE_CIA_REQUIREMENT_MODIFIED_VALUES.H],a.BASE_CATEGORY={name:"base",description:"This metric reflects the qualities of a vulnerability that are constant over time and across user environments."},a.AV_VALUES={X:{shortName:"X",value:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},N:{shortName:"N",value:.85,name:"Network",abbreviatedName:"Netw.",jsonSchemaName:"NETWORK",description:"The vulnerable component is bound to the network stack and the set of possible attackers extends beyond the other options listed below, up to and including the entire Internet."},A:{shortName:"A",value:.62,name:"Adjacent Network",abbreviatedName:"Adj. Network",jsonSchemaName:"ADJACENT_NETWORK",description:"The vulnerable component is bound to the network stack, but the attack is limited at the protocol level to a logically adjacent topology."},L:{shortName:"L",value:.55,name:"Local",jsonSchemaName:"LOCAL",description:"The vulnerable component is not bound to the network stack and the attacker's path is via read/write/execute capabilities."},P:{shortName:"P",value:.2,name:"Physical",abbreviatedName:"Phys.",jsonSchemaName:"PHYSICAL",description:"The attack requires the attacker to physically touch or manipulate the vulnerable component."}},a.AV={name:"Attack Vector",shortName:"AV",subCategory:"Exploitability Metrics",description:"This metric reflects the context by which vulnerability exploitation is possible. The more remote an attacker can be to attack a host, the greater the vulnerability score.",values:[o.AV_VALUES.X,o.AV_VALUES.N,o.AV_VALUES.A,o.AV_VALUES.L,o.AV_VALUES.P]},a.AC_VALUES={X:{shortName:"X",value:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},L:{shortName:"L",value:.77,name:"Low",jsonSchemaName:"LOW",description:"Specialized access conditions or extenuating circumstances do not exist. An attacker can expect repeatable success when attacking the vulnerable component."},H:{shortName:"H",value:.44,name:"High",jsonSchemaName:"HIGH",description:"A successful attack depends on conditions beyond the attacker's control. That is, a successful attack cannot be accomplished at will, but requires the attacker to invest in some measurable amount of effort in preparation or execution against the vulnerable component before a successful attack can be expected."}},a.AC={name:"Attack Complexity",shortName:"AC",subCategory:"Exploitability Metrics",description:"This metric describes the conditions beyond the attacker's control that must exist in order to exploit the vulnerability.",values:[o.AC_VALUES.X,o.AC_VALUES.L,o.AC_VALUES.H]},a.PR_VALUES={X:{shortName:"X",value:1,changedValue:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},N:{shortName:"N",value:.85,changedValue:.85,name:"None",jsonSchemaName:"NONE",description:"The attacker is unauthorized prior to attack, and therefore does not require any access to settings or files of the vulnerable system to carry out an attack."},L:{shortName:"L",value:.62,changedValue:.68,name:"Low",jsonSchemaName:"LOW",description:"The attacker requires privileges that provide basic user capabilities that could normally affect only settings and files owned by a user. Alternatively, an attacker with Low privileges has the ability to access only non-sensitive resources."},H:{shortName:"H",value:.27,changedValue:.5,name:"High",jsonSchemaName:"HIGH",description:"The attacker requires privileges that provide significant (e.g., administrative) control over the vulnerable component allowing access to component-wide settings and files."}},a.PR={name:"Privileges Required",shortName:"PR",subCategory:"Exploitability Metrics",description:"This metric describes the level of privileges an attacker must possess before successfully exploiting the vulnerability.",values:[o.PR_VALUES.X,o.PR_VALUES.N,o.PR_VALUES.L,o.PR_VALUES.H]},a.UI_VALUES={X:{shortName:"X",value:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},N:{shortName:"N",value:.85,name:"None",jsonSchemaName:"NONE",description:"The vulnerable system can be exploited without interaction from any user."},R:{shortName:"R",value:.62,name:"Required",abbreviatedName:"Req.",jsonSchemaName:"REQUIRED",description:"Successful exploitation of this vulnerability requires a user to take some action before the vulnerability can be exploited. For example, a successful exploit may only be possible during the installation of an application by a system administrator."}},a.UI={name:"User Interaction",shortName:"UI",subCategory:"Exploitability Metrics",description:"This metric captures the requirement for a user, other than the attacker, to participate in the successful compromise of the vulnerable component.",values:[o.UI_VALUES.X,o.UI_VALUES.N,o.UI_VALUES.R]},a.S_VALUES={X:{shortName:"X",value:!1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},U:{shortName:"U",value:!1,name:"Unchanged",abbreviatedName:"Unchang.",jsonSchemaName:"UNCHANGED",description:"An exploited vulnerability can only affect resources managed by the same authority."},C:{shortName:"C",value:!0,name:"Changed",jsonSchemaName:"CHANGED",description:"An exploited vulnerability can affect resources beyond the authorization privileges intended by the vulnerable system's design."}},a.S={name:"Scope",shortName:"S",subCategory:"Exploitability Metrics",description:"Can an exploit of the vulnerability be accomplished remotely?",values:[o.S_VALUES.X,o.S_VALUES.U,o.S_VALUES.C]},a.C={name:"Confidentiality Impact",shortName:"C",subCategory:"Impact Metrics",description:"This metric measures the impact to the confidentiality of the information resources managed by a software component due to a successfully exploited vulnerability.",values:o.CONFIDENTIALITY_IMPACT},a.I={name:"Integrity Impact",shortName:"I",subCategory:"Impact Metrics",description:"This metric measures the impact to integrity of a successfully exploited vulnerability.",values:o.INTEGRITY_IMPACT},a.A={name:"Availability Impact",shortName:"A",subCategory:"Impact Metrics",description:"This metric measures the impact to the availability of the impacted component resulting from a successfully exploited vulnerability.",values:o.AVAILABILITY_IMPACT},a.BASE_CATEGORY_VALUES=[o.AV,o.AC,o.PR,o.UI,o.S,o.C,o.I,o.A],a.TEMPORAL_CATEGORY={name:"temporal",description:"This metric reflects the current state of exploit techniques or code availability."},a.E_VALUES={X:{shortName:"X",value:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},U:{shortName:"U",value:.91,name:"Unproven",abbreviatedName:"Unproven",description:"No exploit code is available, or an exploit is theoretical."},P:{shortName:"P",value:.94,name:"Proof-of-Concept",abbreviatedName:"Proof-of-conc.",jsonSchemaName:"PROOF_OF_CONCEPT",description:"Proof-of-concept exploit code is available, or an attack demonstration is not practical for most systems. The code or technique is not functional in all situations and may require substantial modification by a skilled attacker."},F:{shortName:"F",value:.97,name:"Functional",jsonSchemaName:"FUNCTIONAL",description:"Functional exploit code is available. The code works in most situations where the vulnerability exists."},H:{shortName:"H",value:1,name:"High",jsonSchemaName:"HIGH",description:"Functional exploit code is available. The code is widespread and automated and works in all situations where the vulnerability exists."}},a.E={name:"Exploit Code Maturity",shortName:"E",description:"This metric measures the likelihood of the vulnerability being attacked, and is typically based on the current state of exploit techniques, exploit code availability, or active, successful exploitation of the vulnerability.",values:[o.E_VALUES.X,o.E_VALUES.U,o.E_VALUES.P,o.E_VALUES.F,o.E_VALUES.H]},a.RL_VALUES={X:{shortName:"X",value:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},O:{shortName:"O",value:.95,name:"Official Fix",abbreviatedName:"Off. Fix",jsonSchemaName:"OFFICIAL_FIX",description:"A complete vendor solution is available. Either the vendor has issued an official patch, or an upgrade is available."},T:{shortName:"T",value:.96,name:"Temporary Fix",abbreviatedName:"Temp. Fix",jsonSchemaName:"TEMPORARY_FIX",description:"There is an official but temporary fix available. This includes instances where the vendor issues a temporary hotfix, tool, or workaround."},W:{shortName:"W",value:.97,name:"Workaround",jsonSchemaName:"WORKAROUND",description:"There is an unofficial, non-vendor solution available. In some cases, users of the affected technology will create a patch of their own or provide steps to work around or otherwise mitigate the vulnerability."},U:{shortName:"U",value:1,name:"Unavailable",jsonSchemaName:"UNAVAILABLE",description:"There is either no solution available or it is impossible to apply."}},a.RL={name:"Remediation Level",shortName:"RL",description:"This metric describes the remediation level for a vulnerability in an affected resource.",values:[o.RL_VALUES.X,o.RL_VALUES.O,o.RL_VALUES.T,o.RL_VALUES.W,o.RL_VALUES.U]},a.RC_VALUES={X:{shortName:"X",value:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},U:{shortName:"U",value:.92,name:"Unknown",description:"Report confidence is unknown."},R:{shortName:"R",value:.96,name:"Reasonable",jsonSchemaName:"REASONABLE",description:"Reasonable confidence exists, or the reported vulnerability is in a component not typically used by a target or not having a large installed base."},C:{shortName:"C",value:1,name:"Confirmed",jsonSchemaName:"CONFIRMED",description:"Confirmed confidence exists, or the exploit is functional in the environment where the vulnerability exists."}},a.RC={name:"Report Confidence",shortName:"RC",description:"This metric describes the level of confidence in the existence of the vulnerability and the credibility of the known technical details.",values:[o.RC_VALUES.X,o.RC_VALUES.U,o.RC_VALUES.R,o.RC_VALUES.C]},a.TEMPORAL_CATEGORY_VALUES=[o.E,o.RL,o.RC],a.ENVIRONMENTAL_CATEGORY={name:"environmental",description:"This metric reflects the characteristics of a vulnerability that are relevant and unique to a particular user's environment. This metric can greatly improve the accuracy of a score."},a.MAV_VALUES={X:{shortName:"X",value:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},N:{shortName:"N",value:.85,name:"Network",abbreviatedName:"Netw.",jsonSchemaName:"NETWORK",description:"The vulnerable component is bound to the network stack and the set of possible attackers extends beyond the other options listed below, up to and including the entire Internet."},A:{shortName:"A",value:.62,name:"Adjacent Network",abbreviatedName:"Adj. Network",jsonSchemaName:"ADJACENT_NETWORK",description:"The vulnerable component is bound to the network stack, but the attack is limited at the protocol level to a logically adjacent topology."},L:{shortName:"L",value:.55,name:"Local",jsonSchemaName:"LOCAL",description:"The vulnerable component is not bound to the network stack and the attacker's path is via read/write/execute capabilities."},P:{shortName:"P",value:.2,name:"Physical",abbreviatedName:"Phys.",jsonSchemaName:"PHYSICAL",description:"The attack requires the attacker to physically touch or manipulate the vulnerable component."}},a.MAV={name:"Modified Attack Vector",shortName:"MAV",subCategory:"Exploitability Metrics",description:"This metric reflects the context by which vulnerability exploitation is possible. The more remote an attacker can be to attack a host, the greater the vulnerability score.",baseMetricEquivalent:o.AV,values:[o.MAV_VALUES.X,o.MAV_VALUES.N,o.MAV_VALUES.A,o.MAV_VALUES.L,o.MAV_VALUES.P]},a.MAC_VALUES={X:{shortName:"X",value:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},L:{shortName:"L",value:.77,name:"Low",jsonSchemaName:"LOW",description:"Specialized access conditions or extenuating circumstances do not exist. An attacker can expect repeatable success when attacking the vulnerable component."},H:{shortName:"H",value:.44,name:"High",jsonSchemaName:"HIGH",description:"A successful attack depends on conditions beyond the attacker's control. That is, a successful attack cannot be accomplished at will, but requires the attacker to invest in some measurable amount of effort in preparation or execution against the vulnerable component before a successful attack can be expected."}},a.MAC={name:"Modified Attack Complexity",shortName:"MAC",subCategory:"Exploitability Metrics",description:"This metric describes the conditions beyond the attacker's control that must exist in order to exploit the vulnerability.",baseMetricEquivalent:o.AC,values:[o.MAC_VALUES.X,o.MAC_VALUES.L,o.MAC_VALUES.H]},a.MPR_VALUES={X:{shortName:"X",value:1,changedValue:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},N:{shortName:"N",value:.85,changedValue:.85,name:"None",jsonSchemaName:"NONE",description:"The attacker is unauthorized prior to attack, and therefore does not require any access to settings or files of the vulnerable system to carry out an attack."},L:{shortName:"L",value:.62,changedValue:.68,name:"Low",jsonSchemaName:"LOW",description:"The attacker requires privileges that provide basic user capabilities that could normally affect only settings and files owned by a user. Alternatively, an attacker with Low privileges has the ability to access only non-sensitive resources."},H:{shortName:"H",value:.27,changedValue:.5,name:"High",jsonSchemaName:"HIGH",description:"The attacker requires privileges that provide significant (e.g., administrative) control over the vulnerable component allowing access to component-wide settings and files."}},a.MPR={name:"Modified Privileges Required",shortName:"MPR",subCategory:"Exploitability Metrics",description:"This metric describes the level of privileges an attacker must possess before successfully exploiting the vulnerability.",baseMetricEquivalent:o.PR,values:[o.MPR_VALUES.X,o.MPR_VALUES.N,o.MPR_VALUES.L,o.MPR_VALUES.H]},a.MUI_VALUES={X:{shortName:"X",value:1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},N:{shortName:"N",value:.85,name:"None",jsonSchemaName:"NONE",description:"The vulnerable system can be exploited without interaction from any user."},R:{shortName:"R",value:.62,name:"Required",jsonSchemaName:"REQUIRED",description:"Successful exploitation of this vulnerability requires a user to take some action before the vulnerability can be exploited. For example, a successful exploit may only be possible during the installation of an application by a system administrator."}},a.MUI={name:"Modified User Interaction",shortName:"MUI",subCategory:"Exploitability Metrics",description:"This metric captures the requirement for a user, other than the attacker, to participate in the successful compromise of the vulnerable component.",baseMetricEquivalent:o.UI,values:[o.MUI_VALUES.X,o.MUI_VALUES.N,o.MUI_VALUES.R]},a.MS_VALUES={X:{shortName:"X",value:!1,name:"Not Defined",abbreviatedName:"Not Def.",jsonSchemaName:"NOT_DEFINED",description:"Component is not defined."},U:{shortName:"U",value:!1,name:"Unchanged",abbreviatedName:"Unchang.",jsonSchemaName:"UNCHANGED",description:"An exploited vulnerability can only affect resources managed by the same authority."},C:{shortName:"C",value:!0,name:"Changed",jsonSchemaName:"CHANGED",description:"An exploited vulnerability can affect resources beyond the authorization privileges intended by the vulnerable system's design."}},a.MS={name:"Modified Scope",shortName:"MS",subCategory:"Exploitability Metrics",description:"Can an exploit of the vulnerability be accomplished remotely?",baseMetricEquivalent:o.S,values:[o.MS_VALUES.X,o.MS_VALUES.U,o.MS_VALUES.C]},a.MC={name:"Confidentiality Impact",shortName:"MC",subCategory:"Modified Impact",description:"This metric measures the impact to the confidentiality of the information resources managed by a software component due to a successfully exploited vulnerability.",baseMetricEquivalent:o.C,values:o.CONFIDENTIALITY_IMPACT},a.MI={name:"Integrity Impact",shortName:"MI",subCategory:"Modified Impact",description:"This metric measures the impact to integrity of a successfully exploited vulnerability.",baseMetricEquivalent:o.I,values:o.INTEGRITY_IMPACT},a.MA={name:"Availability Impact",shortName:"MA",subCategory:"Modified Impact",description:"This metric measures the impact to the availability of the impacted component resulting from a successfully exploited vulnerability.",baseMetricEquivalent:o.A,values:o.AVAILABILITY_IMPACT},a.CR={name:"Confidentiality Requirement",shortName:"CR",subCategory:"Modified Requirement (Impact Subscore) Modifiers",description:"This metric describes the remediation level for a vulnerability in an affected resource.",values:o.CONFIDENTIALITY_REQUIREMENT},a.IR={name:"Integrity Requirement",shortName:"IR",subCategory:"Modified Requirement (Impact Subscore) Modifiers",description:"This metric describes the remediation level for a vulnerability in an affected resource.",values:o.INTEGRITY_REQUIREMENT},a.AR={name:"Availability Requirement",shortName:"AR",subCategory:"Modified Requirement (Impact Subscore) Modifiers",description:"This metric describes the remediation level for a vulnerability in an affected resource.",values:o.AVAILABILITY_REQUIREMENT},a.ENVIRONMENTAL_CATEGORY_VALUES=[o.CR,o.IR,o.AR,o.MAV,o.MAC,o.MPR,o.MUI,o.MS,o.MC,o.MI,o.MA],a.REGISTERED_COMPONENTS=new Map,o.REGISTERED_COMPONENTS.set(o.BASE_CATEGORY,o.BASE_CATEGORY_VALUES),o.REGISTERED_COMPONENTS.set(o.TEMPORAL_CATEGORY,o.TEMPORAL_CATEGORY_VALUES),o.REGISTERED_COMPONENTS.set(o.ENVIRONMENTAL_CATEGORY,o.ENVIRONMENTAL_CATEGORY_VALUES),a.ATTRIBUTE_SEVERITY_ORDER=[[o.S_VALUES.U,o.MS_VALUES.U],[o.CONFIDENTIALITY_IMPACT_VALUES.N,o.INTEGRITY_IMPACT_VALUES.N,o.AVAILABILITY_IMPACT_VALUES.N],[o.AV_VALUES.P,o.MAV_VALUES.P],[o.CONFIDENTIALITY_IMPACT_VALUES.L,o.INTEGRITY_IMPACT_VALUES.L,o.AVAILABILITY_IMPACT_VALUES.L],[o.PR_VALUES.H,o.MPR_VALUES.H],[o.AC_VALUES.H,o.MAC_VALUES.H],[o.CONFIDENTIALITY_REQUIREMENT_VALUES.L,o.INTEGRITY_REQUIREMENT_VALUES.L,o.AVAILABILITY_REQUIREMENT_VALUES.L],[o.AV_VALUES.L,o.MAV_VALUES.L],[o.CONFIDENTIALITY_IMPACT_VALUES.H,o.INTEGRITY_IMPACT_VALUES.H,o.AVAILABILITY_IMPACT_VALUES.H],[o.AV_VALUES.A,o.MAV_VALUES.A],[o.UI_VALUES.R,o.MUI_VALUES.R],[o.PR_VALUES.L,o.MPR_VALUES.L],[o.AC_VALUES.L,o.MAC_VALUES.L],[o.AV_VALUES.N,o.MAV_VALUES.N],[o.PR_VALUES.N,o.MPR_VALUES.N],[o.UI_VALUES.N,o.MUI_VALUES.N],[o.E_VALUES.U],[o.E_VALUES.P],[o.E_VALUES.F],[o.E_VALUES.H],[o.E_VALUES.X],[o.RC_VALUES.U],[o.RL_VALUES.O],[o.RL_VALUES.T],[o.RC_VALUES.R],[o.RL_VALUES.W],[o.AV_VALUES.X,o.MAV_VALUES.X],[o.AC_VALUES.X,o.MAC_VALUES.X],[o.PR_VALUES.X,o.MPR_VALUES.X],[o.UI_VALUES.X,o.MUI_VALUES.X],[o.S_VALUES.C,o.MS_VALUES.C],[o.S_VALUES.X,o.MS_VALUES.X],[o.CONFIDENTIALITY_IMPACT_VALUES.X],[o.INTEGRITY_IMPACT_VALUES.X],[o.AVAILABILITY_IMPACT_VALUES.X],[o.RL_VALUES.U],[o.RL_VALUES.X],[o.RC_VALUES.C],[o.RC_VALUES.X],[o.CONFIDENTIALITY_REQUIREMENT_VALUES.M,o.INTEGRITY_REQUIREMENT_VALUES.M,o.AVAILABILITY_REQUIREMENT_VALUES.M],[o.CONFIDENTIALITY_REQUIREMENT_VALUES.X,o.INTEGRITY_REQUIREMENT_VALUES.X,o.AVAILABILITY_REQUIREMENT_VALUES.X],[o.CONFIDENTIALITY_REQUIREMENT_VALUES.H,o.INTEGRITY_REQUIREMENT_VALUES.H,o.AVAILABILITY_REQUIREMENT_VALUES.H]]},972:(e,t,o)=>{var a;Object.defineProperty(t,"__esModule",{value:!0}),t.Cvss4P0MacroVector=void 0;const i=o(730),s=o(759);class n{constructor(e,t,o,a,i,s,n){this.eq1=e,this.eq2=t,this.eq3=o,this.eq4=a,this.eq5=i,this.eq6=s,this.jointEq3AndEq6=n}static fromVector(e){const t=a.findMatchingEQ("1",a.EQ1_DEFINITIONS,e),o=a.findMatchingEQ("2",a.EQ2_DEFINITIONS,e),i=a.findMatchingEQ("3",a.EQ3_DEFINITIONS,e),s=a.findMatchingEQ("4",a.EQ4_DEFINITIONS,e),n=a.findMatchingEQ("5",a.EQ5_DEFINITIONS,e),r=a.findMatchingEQ("6",a.EQ6_DEFINITIONS,e),c=a.findMatchingEQ("3,6",a.JOINT_EQ3_EQ6_DEFINITIONS,e);return new a(t,o,i,s,n,r,c)}static findMatchingEQ(e,t,o){for(let e of t)if(e.matchesConstraints(o))return e;throw new Error("No matching EQ found for "+e+" and vector "+o)}getEq1(){return this.eq1}getEq2(){return this.eq2}getEq3(){return this.eq3}getEq4(){return this.eq4}getEq5(){return this.eq5}getEq6(){return this.eq6}getJointEq3AndEq6(){return this.jointEq3AndEq6}getEQ(e){switch(e){case 1:return this.eq1;case 2:return this.eq2;case 3:return this.eq3;case 4:return this.eq4;case 5:return this.eq5;case 6:return this.eq6;case 7:return this.jointEq3AndEq6;default:throw new Error("Invalid EQ index: "+e)}}getLookupTableScore(){return a.getMacroVectorScore(this)}static getMacroVectorScore(e){const t=e.toString(),o=s.Cvss4P0Components.MV_LOOKUP[t];return void 0===o?NaN:o}toString(){return this.eq1.getLevel()+this.eq2.getLevel()+this.eq3.getLevel()+this.eq4.getLevel()+this.eq5.getLevel()+this.eq6.getLevel()}deriveNextLower(e){const t=1!==e?this.eq1:this.getNextLower(a.EQ1_DEFINITIONS,this.eq1),o=2!==e?this.eq2:this.getNextLower(a.EQ2_DEFINITIONS,this.eq2),i=3!==e?this.eq3:this.getNextLower(a.EQ3_DEFINITIONS,this.eq3),s=4!==e?this.eq4:this.getNextLower(a.EQ4_DEFINITIONS,this.eq4),n=5!==e?this.eq5:this.getNextLower(a.EQ5_DEFINITIONS,this.eq5),r=6!==e?this.eq6:this.getNextLower(a.EQ6_DEFINITIONS,this.eq6),c=7!==e?this.jointEq3AndEq6:this.getNextLower(a.JOINT_EQ3_EQ6_DEFINITIONS,this.jointEq3AndEq6);return new a(t,o,i,s,n,r,c)}static getIndexInDefinitions(e,t){for(let o=0;o<e.length;o++)if(e[o]===t)return o;throw new Error("EQ not found in definitions: "+t)}getNextLower(e,t){const o=a.getIndexInDefinitions(e,t);return e.length>o+1?e[o+1]:a.EQ_ERROR_DEFINITION}static is(e,t,o){return o===a.getComparisonMetric(e,t).shortName}static getComparisonMetricComponent(e,t){return a.getComparisonMetric(e,t.shortName)}static getComparisonMetric(e,t){const o=e.getComponentByString(t);if("E"===t&&s.Cvss4P0Components.E_VALUES.X===o)return s.Cvss4P0Components.E_VALUES.A;if("CR"===t&&s.Cvss4P0Components.REQUIREMENT_CONFIDENTIALITY_MODIFIED_VALUES.X===o)return s.Cvss4P0Components.REQUIREMENT_CONFIDENTIALITY_MODIFIED_VALUES.H;if("IR"===t&&s.Cvss4P0Components.REQUIREMENT_INTEGRITY_MODIFIED_VALUES.X===o)return s.Cvss4P0Components.REQUIREMENT_INTEGRITY_MODIFIED_VALUES.H;if("AR"===t&&s.Cvss4P0Components.REQUIREMENT_AVAILABILITY_MODIFIED_VALUES.X===o)return s.Cvss4P0Components.REQUIREMENT_AVAILABILITY_MODIFIED_VALUES.H;if("MSI"===t&&s.Cvss4P0Components.SUBSEQUENT_SYSTEM_INTEGRITY_MODIFIED_VALUES.X===o&&"S"===e.getComponentByString("SI").shortName)return s.Cvss4P0Components.SUBSEQUENT_SYSTEM_INTEGRITY_MODIFIED_VALUES.H;if("MSA"===t&&s.Cvss4P0Components.SUBSEQUENT_SYSTEM_AVAILABILITY_MODIFIED_VALUES.X===o&&"S"===e.getComponentByString("SA").shortName)return s.Cvss4P0Components.SUBSEQUENT_SYSTEM_AVAILABILITY_MODIFIED_VALUES.H;try{const o=e.getComponentByString((t.startsWith("M")?"":"M")+t),a=o.shortName;if(null!=a&&"X"!==a)return o}catch(e){}return o}}t.Cvss4P0MacroVector=n,a=n,n.EQ_ERROR_DEFINITION=new i.EQ("9",-1,[],(()=>!0)),n.EQ1_DEFINITIONS=[new i.EQ("0",1,["AV:N/PR:N/UI:N"],(e=>a.is(e,"AV","N")&&a.is(e,"PR","N")&&a.is(e,"UI","N"))),new i.EQ("1",4,["AV:A/PR:N/UI:N","AV:N/PR:L/UI:N","AV:N/PR:N/UI:P"],(e=>(a.is(e,"AV","N")||a.is(e,"PR","N")||a.is(e,"UI","N"))&&!(a.is(e,"AV","N")&&a.is(e,"PR","N")&&a.is(e,"UI","N"))&&!a.is(e,"AV","P"))),new i.EQ("2",5,["AV:P/PR:N/UI:N","AV:A/PR:L/UI:P"],(e=>a.is(e,"AV","P")||!(a.is(e,"AV","N")||a.is(e,"PR","N")||a.is(e,"UI","N"))))],n.EQ2_DEFINITIONS=[new i.EQ("0",1,["AC:L/AT:N"],(e=>a.is(e,"AC","L")&&a.is(e,"AT","N"))),new i.EQ("1",2,["AC:H/AT:N","AC:L/AT:P"],(e=>!(a.is(e,"AC","L")&&a.is(e,"AT","N"))))],n.EQ3_DEFINITIONS=[new i.EQ("0",-1,["VC:H/VI:H/VA:H"],(e=>a.is(e,"VC","H")&&a.is(e,"VI","H"))),new i.EQ("1",-1,["VC:L/VI:H/VA:H","VC:H/VI:L/VA:H"],(e=>!(a.is(e,"VC","H")&&a.is(e,"VI","H"))&&(a.is(e,"VC","H")||a.is(e,"VI","H")||a.is(e,"VA","H")))),new i.EQ("2",-1,["VC:L/VI:L/VA:L"],(e=>!(a.is(e,"VC","H")||a.is(e,"VI","H")||a.is(e,"VA","H"))))],n.EQ4_DEFINITIONS=[new i.EQ("0",6,["SC:H/SI:S/SA:S"],(e=>a.is(e,"MSI","S")||a.is(e,"MSA","S"))),new i.EQ("1",5,["SC:H/SI:H/SA:H"],(e=>!(a.is(e,"MSI","S")&&a.is(e,"MSA","S"))&&(a.is(e,"SC","H")||a.is(e,"SI","H")||a.is(e,"SA","H")))),new i.EQ("2",4,["SC:L/SI:L/SA:L"],(e=>!(a.is(e,"MSI","S")&&a.is(e,"MSA","S")||a.is(e,"SC","H")||a.is(e,"SI","H")||a.is(e,"SA","H"))))],n.EQ5_DEFINITIONS=[new i.EQ("0",1,["E:A"],(e=>a.is(e,"E","A"))),new i.EQ("1",1,["E:P"],(e=>a.is(e,"E","P"))),new i.EQ("2",1,["E:U"],(e=>a.is(e,"E","U")))],n.EQ6_DEFINITIONS=[new i.EQ("0",-1,["AV:N/PR:N/UI:N"],(e=>a.is(e,"CR","H")&&a.is(e,"VC","H")||a.is(e,"IR","H")&&a.is(e,"VI","H")||a.is(e,"AR","H")&&a.is(e,"VA","H"))),new i.EQ("1",-1,["VC:H/VI:H/VA:H/CR:M/IR:M/AR:M","VC:H/VI:H/VA:L/CR:M/IR:M/AR:H","VC:H/VI:L/VA:H/CR:M/IR:H/AR:M","VC:H/VI:L/VA:L/CR:M/IR:H/AR:H","VC:L/VI:H/VA:H/CR:H/IR:M/AR:M","VC:L/VI:H/VA:L/CR:H/IR:M/AR:H","VC:L/VI:L/VA:H/CR:H/IR:H/AR:M","VC:L/VI:L/VA:L/CR:H/IR:H/AR:H"],(e=>!(a.is(e,"CR","H")&&a.is(e,"VC","H")||a.is(e,"IR","H")&&a.is(e,"VI","H")||a.is(e,"AR","H")&&a.is(e,"VA","H"))))],n.JOINT_EQ3_EQ6_DEFINITIONS=[new i.EQ("00",7,["VC:H/VI:H/VA:H/CR:H/IR:H/AR:H"],(e=>a.is(e,"VC","H")&&a.is(e,"VI","H")&&(a.is(e,"CR","H")||a.is(e,"IR","H")||a.is(e,"AR","H")&&a.is(e,"VA","H")))),new i.EQ("01",6,["VC:H/VI:H/VA:L/CR:M/IR:M/AR:H","VC:H/VI:H/VA:H/CR:M/IR:M/AR:M"],(e=>a.is(e,"VC","H")&&a.is(e,"VI","H")&&!(a.is(e,"CR","H")||a.is(e,"IR","H"))&&!(a.is(e,"AR","H")&&a.is(e,"VA","H")))),new i.EQ("10",8,["VC:L/VI:H/VA:H/CR:H/IR:H/AR:H","VC:H/VI:L/VA:H/CR:H/IR:H/AR:H"],(e=>!(a.is(e,"VC","H")&&a.is(e,"VI","H"))&&(a.is(e,"VC","H")||a.is(e,"VI","H")||a.is(e,"VA","H"))&&(a.is(e,"CR","H")&&a.is(e,"VC","H")||a.is(e,"IR","H")&&a.is(e,"VI","H")||a.is(e,"AR","H")&&a.is(e,"VA","H")))),new i.EQ("11",8,["VC:L/VI:H/VA:L/CR:H/IR:M/AR:H","VC:L/VI:H/VA:H/CR:H/IR:M/AR:M","VC:H/VI:L/VA:H/CR:M/IR:H/AR:M","VC:H/VI:L/VA:L/CR:M/IR:H/AR:H","VC:L/VI:L/VA:H/CR:H/IR:H/AR:M"],(e=>!(a.is(e,"VC","H")&&a.is(e,"VI","H"))&&(a.is(e,"VC","H")||a.is(e,"VI","H")||a.is(e,"VA","H"))&&!(a.is(e,"CR","H")&&a.is(e,"VC","H"))&&!(a.is(e,"IR","H")&&a.is(e,"VI","H"))&&!(a.is(e,"AR","H")&&a.is(e,"VA","H")))),new i.EQ("20",0,[],(e=>!1)),new i.EQ("21",10,["VC:L/VI:L/VA:L/CR:H/IR:H/AR:H"],(e=>!(a.is(e,"VC","H")||a.is(e,"VI","H")||a.is(e,"VA","H")||a.is(e,"CR","H")&&a.is(e,"VC","H")||a.is(e,"IR","H")&&a.is(e,"VI","H")||a.is(e,"AR","H")&&a.is(e,"VA","H"))))]},987:(e,t,o)=>{Object.defineProperty(t,"__esModule",{value:!0}),t.Cvss4P0=void 0;const a=o(154),i=o(972),s=o(904),n=o(759),r=o(730),c=o(951);class l extends a.CvssVector{constructor(e){super(e),this.ROUNDING_EPSILON=Math.pow(10,-6)}getRegisteredComponents(){return n.Cvss4P0Components.REGISTERED_COMPONENTS_EDITOR_ORDER}getVectorStringOrderProperties(){return n.Cvss4P0Components.REGISTERED_COMPONENTS_VECTOR_STRING_ORDER}getVectorPrefix(){return"CVSS:4.0/"}getVectorName(){return"CVSS:4.0"}fillAverageVector(){this.applyVector("AV:A/AC:L/AT:N/PR:N/UI:N/VC:L/VI:L/VA:L/SC:L/SI:L/SA:L")}fillRandomBaseVector(){const e=n.Cvss4P0Components.BASE_CATEGORY_VALUES;for(let t=0;t<e.length;t++){const o=e[t],a=super.pickRandomDefinedComponentValue(o);if(!a)return console.warn("Failed to pick random vector component for",o,", filling average vector instead"),void this.fillAverageVector();this.applyComponent(o,a)}}calculateScoresInternal(e=!1){const t=this.isAnyEnvironmentalDefined(),o=this.isAnyThreatDefined(),a=this.calculateOverallScore();let i,s,r;if(t||o){const e=this.clone();e.clearSpecifiedComponents(n.Cvss4P0Components.THREAT_CATEGORY_VALUES),e.clearSpecifiedComponents(n.Cvss4P0Components.ENVIRONMENTAL_MODIFIED_BASE_CATEGORY_VALUES),e.clearSpecifiedComponents(n.Cvss4P0Components.ENVIRONMENTAL_SECURITY_REQUIREMENT_CATEGORY_VALUES),i=e.calculateOverallScore()}else i=a;if(t)if(o){const e=this.clone();e.clearSpecifiedComponents(n.Cvss4P0Components.THREAT_CATEGORY_VALUES),s=e.calculateOverallScore()}else s=a;if(o)if(t){const e=this.clone();e.clearSpecifiedComponents(n.Cvss4P0Components.ENVIRONMENTAL_MODIFIED_BASE_CATEGORY_VALUES),e.clearSpecifiedComponents(n.Cvss4P0Components.ENVIRONMENTAL_SECURITY_REQUIREMENT_CATEGORY_VALUES),r=e.calculateOverallScore()}else r=a;return{normalized:e,overall:a,base:a,baseMetricsOnly:i,environmental:s,threat:r,vector:this.toString()}}toString(e=!1,t=this.getVectorStringOrderProperties(),o=!1){return super.toString(e,t,o)}calculateOverallScore(){if(!this.isBaseFullyDefined())return 0;if(["VC","VI","VA","SC","SI","SA"].map((e=>i.Cvss4P0MacroVector.getComparisonMetric(this,e))).every((e=>"N"===e.shortName)))return 0;const e=this.getMacroVector(),t=e.getLookupTableScore(),o=(0,s.getEqImplementations)();(e.getEq3().getLevel()+e.getEq6().getLevel()).toLowerCase()!==e.getJointEq3AndEq6().getLevel().toLowerCase()&&console.warn(`CVSS 4.0: Joint Eq3 and Eq6 level [${e.getJointEq3AndEq6().getLevel()}] does not match Eq3 [${e.getEq3().getLevel()}] and Eq6 [${e.getEq6().getLevel()}]`);const a=o.map((t=>t.getHighestSeverityVectors(e))),n=this.generateCvssPermutations(a[0],a[1],a[2],a[3],a[4]);if(0===n.length)return console.warn(`No max vectors found for ${e}`),0;const r=this.calculateSeverityDistancesByComparingToHighestSeverityVectors(n),c=new m;for(const a of o){const o=a.deriveNextLowerMacro(e),i=t-a.lookupScoresForNextLowerMacro(o),s=a.lookupMacroVectorDepth(e),n=a.getRelevantAttributes().map((e=>r.get(e)||0)).reduce(((e,t)=>e+t),0);if(!isNaN(i)&&0!==s){const e=n/s*i;c.add(e)}}const l=t-c.get(0);return l<0?0:l>10?10:this.roundToDecimalPlaces(l)}roundToDecimalPlaces(e){return Math.round(10*(e+this.ROUNDING_EPSILON))/10}generateCvssPermutations(e,t,o,a,i){const s=[];return e.forEach((e=>{t.forEach((t=>{o.forEach((o=>{a.forEach((a=>{i.forEach((i=>{const n=`${e}/${t}/${o}/${a}/${i}`;s.push(new l(n))}))}))}))}))})),s}severityDistance(e,t,o,a){const i="X"===t.shortName?void 0===e.worseCaseValue?t:e.worseCaseValue:t,s="X"===a.shortName?void 0===o.worseCaseValue?a:o.worseCaseValue:a;let n,r,c,l;if(e!==o){const t=e.name.startsWith("Modified"),a=o.name.startsWith("Modified");if(t&&!a){const t=e.values.find((e=>e.shortName===s.shortName));if(!t)throw new Error("Cannot find modified value for "+s);r=i,l=t,n=e,c=e}else{if(t||!a)return console.warn(`Cannot compute severity distance for [${i}] and [${s}], assuming distance is 0`),0;{const e=o.values.find((e=>e.shortName===i.shortName));if(!e)throw new Error("Cannot find modified value for "+i);r=e,l=s,n=o,c=o}}}else r=i,l=s,n=e,c=o;return n.values.indexOf(r)-c.values.indexOf(l)}severityDistanceBetweenComponents(e,t,o,a){const i=e.values.find((e=>e.shortName===t.shortName)),s=o.values.find((e=>e.shortName===a.shortName));if(!i)throw new Error(`Cannot find component values for ${e.name} with short name ${t.shortName} in ${e.values.map((e=>e.shortName)).join(", ")}`);if(!s)throw new Error(`Cannot find component values for ${o.name} with short name ${a.shortName} in ${o.values.map((e=>e.shortName)).join(", ")}`);return e.values.indexOf(i)-o.values.indexOf(s)}severityDistanceToVector(e){let t=0;return n.Cvss4P0Components.REGISTERED_COMPONENTS_EDITOR_ORDER.forEach((o=>{o.forEach((o=>{const a=this.getComponent(o),i=e.getComponent(o);t+=this.severityDistanceBetweenComponents(o,a,o,i)}))})),t}calculateSeverityDistancesByComparingToHighestSeverityVectors(e){const t=new Map;for(const o of e){t.set("AV",this.severityDistanceBetweenComponents(n.Cvss4P0Components.AV,i.Cvss4P0MacroVector.getComparisonMetricComponent(this,n.Cvss4P0Components.AV),n.Cvss4P0Components.AV,i.Cvss4P0MacroVector.getComparisonMetricComponent(o,n.Cvss4P0Components.AV))),t.set("PR",this.severityDistanceBetweenComponents(n.Cvss4P0Components.PR,i.Cvss4P0MacroVector.getComparisonMetricComponent(this,n.Cvss4P0Components.PR),n.Cvss4P0Components.PR,i.Cvss4P0MacroVector.getComparisonMetricComponent(o,n.Cvss4P0Components.PR))),t.set("UI",this.severityDistanceBetweenComponents(n.Cvss4P0Components.UI,i.Cvss4P0MacroVector.getComparisonMetricComponent(this,n.Cvss4P0Components.UI),n.Cvss4P0Components.UI,i.Cvss4P0MacroVector.getComparisonMetricComponent(o,n.Cvss4P0Components.UI))),t.set("AC",this.severityDistanceBetweenComponents(n.Cvss4P0Components.AC,i.Cvss4P0MacroVector.getComparisonMetricComponent(this,n.Cvss4P0Components.AC),n.Cvss4P0Components.AC,i.Cvss4P0MacroVector.getComparisonMetricComponent(o,n.Cvss4P0Components.AC))),t.set("AT",this.severityDistanceBetweenComponents(n.Cvss4P0Components.AT,i.Cvss4P0MacroVector.getComparisonMetricComponent(this,n.Cvss4P0Components.AT),n.Cvss4P0Components.AT,i.Cvss4P0MacroVector.getComparisonMetricComponent(o,n.Cvss4P0Components.AT))),t.set("VC",this.severityDistanceBetweenComponents(n.Cvss4P0Components.VC,i.Cvss4P0MacroVector.getComparisonMetricComponent(this,n.Cvss4P0Components.VC),n.Cvss4P0Components.VC,i.Cvss4P0MacroVector.getComparisonMetricComponent(o,n.Cvss4P0Components.VC))),t.set("VI",this.severityDistanceBetweenComponents(n.Cvss4P0Components.VI,i.Cvss4P0MacroVector.getComparisonMetricComponent(this,n.Cvss4P0Components.VI),n.Cvss4P0Components.VI,i.Cvss4P0MacroVector.getComparisonMetricComponent(o,n.Cvss4P0Components.VI))),t.set("VA",this.severityDistanceBetweenComponents(n.Cvss4P0Components.VA,i.Cvss4P0MacroVector.getComparisonMetricComponent(this,n.Cvss4P0Components.VA),n.Cvss4P0Components.VA,i.Cvss4P0MacroVector.getComparisonMetricComponent(o,n.Cvss4P0Components.VA))),t.set("SC",this.severityDistanceBetweenComponents(n.Cvss4P0Components.SC,i.Cvss4P0MacroVector.getComparisonMetricComponent(this,n.Cvss4P0Components.SC),n.Cvss4P0Components.SC,i.Cvss4P0MacroVector.getComparisonMetricComponent(o,n.Cvss4P0Components.SC))),t.set("CR",this.severityDistanceBetweenComponents(n.Cvss4P0Components.CR,i.Cvss4P0MacroVector.getComparisonMetricComponent(this,n.Cvss4P0Components.CR),n.Cvss4P0Components.CR,i.Cvss4P0MacroVector.getComparisonMetricComponent(o,n.Cvss4P0Components.CR))),t.set("IR",this.severityDistanceBetweenComponents(n.Cvss4P0Components.IR,i.Cvss4P0MacroVector.getComparisonMetricComponent(this,n.Cvss4P0Components.IR),n.Cvss4P0Components.IR,i.Cvss4P0MacroVector.getComparisonMetricComponent(o,n.Cvss4P0Components.IR))),t.set("AR",this.severityDistanceBetweenComponents(n.Cvss4P0Components.AR,i.Cvss4P0MacroVector.getComparisonMetricComponent(this,n.Cvss4P0Components.AR),n.Cvss4P0Components.AR,i.Cvss4P0MacroVector.getComparisonMetricComponent(o,n.Cvss4P0Components.AR)));const e=this.getComponent(n.Cvss4P0Components.SI)===n.Cvss4P0Components.SUBSEQUENT_SYSTEM_INTEGRITY_MODIFIED_VALUES.S?"MSI":"SI",a=this.getComponent(n.Cvss4P0Components.SA)===n.Cvss4P0Components.SUBSEQUENT_SYSTEM_AVAILABILITY_MODIFIED_VALUES.S?"MSA":"SA";if(t.set(e,this.severityDistanceBetweenComponents(n.Cvss4P0Components.SI,i.Cvss4P0MacroVector.getComparisonMetricComponent(this,n.Cvss4P0Components.SI),n.Cvss4P0Components.SI,i.Cvss4P0MacroVector.getComparisonMetricComponent(o,n.Cvss4P0Components.SI))),t.set(a,this.severityDistanceBetweenComponents(n.Cvss4P0Components.SA,i.Cvss4P0MacroVector.getComparisonMetricComponent(this,n.Cvss4P0Components.SA),n.Cvss4P0Components.SA,i.Cvss4P0MacroVector.getComparisonMetricComponent(o,n.Cvss4P0Components.SA))),!Array.from(t.values()).some((e=>e<0)))break;t.clear()}return 0===t.size&&console.warn(`No severity distances found for [${this.toString()}]`),t}getNomenclature(){let e="CVSS-B";return this.isCategoryPartiallyDefined(n.Cvss4P0Components.THREAT_CATEGORY)&&(e+="T"),(this.isCategoryPartiallyDefined(n.Cvss4P0Components.ENVIRONMENTAL_MODIFIED_BASE_CATEGORY)||this.isCategoryPartiallyDefined(n.Cvss4P0Components.ENVIRONMENTAL_SECURITY_REQUIREMENT_CATEGORY))&&(e+="E"),e}getMacroVector(){return i.Cvss4P0MacroVector.fromVector(this)}isBaseFullyDefined(){return super.isCategoryFullyDefined(n.Cvss4P0Components.BASE_CATEGORY)}isAnyBaseDefined(){return super.isCategoryPartiallyDefined(c.Cvss3P1Components.BASE_CATEGORY)}isThreatFullyDefined(){return super.isCategoryFullyDefined(n.Cvss4P0Components.THREAT_CATEGORY)}isAnyThreatDefined(){return super.isCategoryPartiallyDefined(n.Cvss4P0Components.THREAT_CATEGORY)}isAnyEnvironmentalDefined(){return super.isCategoryPartiallyDefined(n.Cvss4P0Components.ENVIRONMENTAL_MODIFIED_BASE_CATEGORY)||super.isCategoryPartiallyDefined(n.Cvss4P0Components.ENVIRONMENTAL_SECURITY_REQUIREMENT_CATEGORY)}getJsonSchemaSeverity(e){return 0===e||isNaN(e)?"NONE":e<=3.9?"LOW":e<=6.9?"MEDIUM":e<=8.9?"HIGH":"CRITICAL"}createJsonSchema(){const e=this.calculateScores();return{version:"4.0",vectorString:this.toString(),baseScore:e.overall,baseSeverity:this.getJsonSchemaSeverity(e.overall),attackVector:this.getComponent(n.Cvss4P0Components.AV).jsonSchemaName,attackComplexity:this.getComponent(n.Cvss4P0Components.AC).jsonSchemaName,attackRequirements:this.getComponent(n.Cvss4P0Components.AT).jsonSchemaName,privilegesRequired:this.getComponent(n.Cvss4P0Components.PR).jsonSchemaName,userInteraction:this.getComponent(n.Cvss4P0Components.UI).jsonSchemaName,vulnConfidentialityImpact:this.getComponent(n.Cvss4P0Components.VC).jsonSchemaName,vulnIntegrityImpact:this.getComponent(n.Cvss4P0Components.VI).jsonSchemaName,vulnAvailabilityImpact:this.getComponent(n.Cvss4P0Components.VA).jsonSchemaName,subConfidentialityImpact:this.getComponent(n.Cvss4P0Components.SC).jsonSchemaName,subIntegrityImpact:this.getComponent(n.Cvss4P0Components.SI).jsonSchemaName,subAvailabilityImpact:this.getComponent(n.Cvss4P0Components.SA).jsonSchemaName,exploitMaturity:this.getComponent(n.Cvss4P0Components.E).jsonSchemaName,confidentialityRequirement:this.getComponent(n.Cvss4P0Components.CR).jsonSchemaName,integrityRequirement:this.getComponent(n.Cvss4P0Components.IR).jsonSchemaName,availabilityRequirement:this.getComponent(n.Cvss4P0Components.AR).jsonSchemaName,modifiedAttackVector:this.getComponent(n.Cvss4P0Components.MAV).jsonSchemaName,modifiedAttackComplexity:this.getComponent(n.Cvss4P0Components.MAC).jsonSchemaName,modifiedAttackRequirements:this.getComponent(n.Cvss4P0Components.MAT).jsonSchemaName,modifiedPrivilegesRequired:this.getComponent(n.Cvss4P0Components.MPR).jsonSchemaName,modifiedUserInteraction:this.getComponent(n.Cvss4P0Components.MUI).jsonSchemaName,modifiedVulnConfidentialityImpact:this.getComponent(n.Cvss4P0Components.MVC).jsonSchemaName,modifiedVulnIntegrityImpact:this.getComponent(n.Cvss4P0Components.MVI).jsonSchemaName,modifiedVulnAvailabilityImpact:this.getComponent(n.Cvss4P0Components.MVA).jsonSchemaName,modifiedSubConfidentialityImpact:this.getComponent(n.Cvss4P0Components.MSC).jsonSchemaName,modifiedSubIntegrityImpact:this.getComponent(n.Cvss4P0Components.MSI).jsonSchemaName,modifiedSubAvailabilityImpact:this.getComponent(n.Cvss4P0Components.MSA).jsonSchemaName,Safety:this.getComponent(n.Cvss4P0Components.S).jsonSchemaName,Automatable:this.getComponent(n.Cvss4P0Components.AU).jsonSchemaName,Recovery:this.getComponent(n.Cvss4P0Components.R).jsonSchemaName,valueDensity:this.getComponent(n.Cvss4P0Components.V).jsonSchemaName,vulnerabilityResponseEffort:this.getComponent(n.Cvss4P0Components.RE).jsonSchemaName,providerUrgency:this.getComponent(n.Cvss4P0Components.U).jsonSchemaName}}}t.Cvss4P0=l,r.EQ.createCvssInstance=e=>new l(e);class m{constructor(){this.sum=0,this.count=0}add(e){this.sum+=e,this.count++}get(e){return 0==this.count?e:this.sum/this.count}}}},t={};return function o(a){var i=t[a];if(void 0!==i)return i.exports;var s=t[a]={exports:{}};return e[a].call(s.exports,s,s.exports,o),s.exports}(156)})()));

/***/ }),

/***/ 9800:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {

var __webpack_unused_export__;

__webpack_unused_export__ = ({ value: true });
exports.wT = __webpack_unused_export__ = void 0;
const ed5 = __nccwpck_require__(6950);
const ed2 = __nccwpck_require__(4488);
const NSed3 = __nccwpck_require__(5699);
var isS = ed5.isS;
var isChar10 = ed5.isChar;
var isNameStartChar = ed5.isNameStartChar;
var isNameChar = ed5.isNameChar;
var S_LIST = ed5.S_LIST;
var NAME_RE = ed5.NAME_RE;
var isChar11 = ed2.isChar;
var isNCNameStartChar = NSed3.isNCNameStartChar;
var isNCNameChar = NSed3.isNCNameChar;
var NC_NAME_RE = NSed3.NC_NAME_RE;
const XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";
const XMLNS_NAMESPACE = "http://www.w3.org/2000/xmlns/";
const rootNS = {
    // eslint-disable-next-line @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-assignment
    __proto__: null,
    xml: XML_NAMESPACE,
    xmlns: XMLNS_NAMESPACE,
};
const XML_ENTITIES = {
    // eslint-disable-next-line @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-assignment
    __proto__: null,
    amp: "&",
    gt: ">",
    lt: "<",
    quot: "\"",
    apos: "'",
};
// EOC: end-of-chunk
const EOC = -1;
const NL_LIKE = -2;
const S_BEGIN = 0; // Initial state.
const S_BEGIN_WHITESPACE = 1; // leading whitespace
const S_DOCTYPE = 2; // <!DOCTYPE
const S_DOCTYPE_QUOTE = 3; // <!DOCTYPE "//blah
const S_DTD = 4; // <!DOCTYPE "//blah" [ ...
const S_DTD_QUOTED = 5; // <!DOCTYPE "//blah" [ "foo
const S_DTD_OPEN_WAKA = 6;
const S_DTD_OPEN_WAKA_BANG = 7;
const S_DTD_COMMENT = 8; // <!--
const S_DTD_COMMENT_ENDING = 9; // <!-- blah -
const S_DTD_COMMENT_ENDED = 10; // <!-- blah --
const S_DTD_PI = 11; // <?
const S_DTD_PI_ENDING = 12; // <?hi "there" ?
const S_TEXT = 13; // general stuff
const S_ENTITY = 14; // &amp and such
const S_OPEN_WAKA = 15; // <
const S_OPEN_WAKA_BANG = 16; // <!...
const S_COMMENT = 17; // <!--
const S_COMMENT_ENDING = 18; // <!-- blah -
const S_COMMENT_ENDED = 19; // <!-- blah --
const S_CDATA = 20; // <![CDATA[ something
const S_CDATA_ENDING = 21; // ]
const S_CDATA_ENDING_2 = 22; // ]]
const S_PI_FIRST_CHAR = 23; // <?hi, first char
const S_PI_REST = 24; // <?hi, rest of the name
const S_PI_BODY = 25; // <?hi there
const S_PI_ENDING = 26; // <?hi "there" ?
const S_XML_DECL_NAME_START = 27; // <?xml
const S_XML_DECL_NAME = 28; // <?xml foo
const S_XML_DECL_EQ = 29; // <?xml foo=
const S_XML_DECL_VALUE_START = 30; // <?xml foo=
const S_XML_DECL_VALUE = 31; // <?xml foo="bar"
const S_XML_DECL_SEPARATOR = 32; // <?xml foo="bar"
const S_XML_DECL_ENDING = 33; // <?xml ... ?
const S_OPEN_TAG = 34; // <strong
const S_OPEN_TAG_SLASH = 35; // <strong /
const S_ATTRIB = 36; // <a
const S_ATTRIB_NAME = 37; // <a foo
const S_ATTRIB_NAME_SAW_WHITE = 38; // <a foo _
const S_ATTRIB_VALUE = 39; // <a foo=
const S_ATTRIB_VALUE_QUOTED = 40; // <a foo="bar
const S_ATTRIB_VALUE_CLOSED = 41; // <a foo="bar"
const S_ATTRIB_VALUE_UNQUOTED = 42; // <a foo=bar
const S_CLOSE_TAG = 43; // </a
const S_CLOSE_TAG_SAW_WHITE = 44; // </a   >
const TAB = 9;
const NL = 0xA;
const CR = 0xD;
const SPACE = 0x20;
const BANG = 0x21;
const DQUOTE = 0x22;
const AMP = 0x26;
const SQUOTE = 0x27;
const MINUS = 0x2D;
const FORWARD_SLASH = 0x2F;
const SEMICOLON = 0x3B;
const LESS = 0x3C;
const EQUAL = 0x3D;
const GREATER = 0x3E;
const QUESTION = 0x3F;
const OPEN_BRACKET = 0x5B;
const CLOSE_BRACKET = 0x5D;
const NEL = 0x85;
const LS = 0x2028; // Line Separator
const isQuote = (c) => c === DQUOTE || c === SQUOTE;
const QUOTES = [DQUOTE, SQUOTE];
const DOCTYPE_TERMINATOR = [...QUOTES, OPEN_BRACKET, GREATER];
const DTD_TERMINATOR = [...QUOTES, LESS, CLOSE_BRACKET];
const XML_DECL_NAME_TERMINATOR = [EQUAL, QUESTION, ...S_LIST];
const ATTRIB_VALUE_UNQUOTED_TERMINATOR = [...S_LIST, GREATER, AMP, LESS];
function nsPairCheck(parser, prefix, uri) {
    switch (prefix) {
        case "xml":
            if (uri !== XML_NAMESPACE) {
                parser.fail(`xml prefix must be bound to ${XML_NAMESPACE}.`);
            }
            break;
        case "xmlns":
            if (uri !== XMLNS_NAMESPACE) {
                parser.fail(`xmlns prefix must be bound to ${XMLNS_NAMESPACE}.`);
            }
            break;
        default:
    }
    switch (uri) {
        case XMLNS_NAMESPACE:
            parser.fail(prefix === "" ?
                `the default namespace may not be set to ${uri}.` :
                `may not assign a prefix (even "xmlns") to the URI \
${XMLNS_NAMESPACE}.`);
            break;
        case XML_NAMESPACE:
            switch (prefix) {
                case "xml":
                    // Assinging the XML namespace to "xml" is fine.
                    break;
                case "":
                    parser.fail(`the default namespace may not be set to ${uri}.`);
                    break;
                default:
                    parser.fail("may not assign the xml namespace to another prefix.");
            }
            break;
        default:
    }
}
function nsMappingCheck(parser, mapping) {
    for (const local of Object.keys(mapping)) {
        nsPairCheck(parser, local, mapping[local]);
    }
}
const isNCName = (name) => NC_NAME_RE.test(name);
const isName = (name) => NAME_RE.test(name);
const FORBIDDEN_START = 0;
const FORBIDDEN_BRACKET = 1;
const FORBIDDEN_BRACKET_BRACKET = 2;
/**
 * The list of supported events.
 */
__webpack_unused_export__ = [
    "xmldecl",
    "text",
    "processinginstruction",
    "doctype",
    "comment",
    "opentagstart",
    "attribute",
    "opentag",
    "closetag",
    "cdata",
    "error",
    "end",
    "ready",
];
const EVENT_NAME_TO_HANDLER_NAME = {
    xmldecl: "xmldeclHandler",
    text: "textHandler",
    processinginstruction: "piHandler",
    doctype: "doctypeHandler",
    comment: "commentHandler",
    opentagstart: "openTagStartHandler",
    attribute: "attributeHandler",
    opentag: "openTagHandler",
    closetag: "closeTagHandler",
    cdata: "cdataHandler",
    error: "errorHandler",
    end: "endHandler",
    ready: "readyHandler",
};
// eslint-disable-next-line @typescript-eslint/ban-types
class SaxesParser {
    /**
     * @param opt The parser options.
     */
    constructor(opt) {
        this.opt = opt !== null && opt !== void 0 ? opt : {};
        this.fragmentOpt = !!this.opt.fragment;
        const xmlnsOpt = this.xmlnsOpt = !!this.opt.xmlns;
        this.trackPosition = this.opt.position !== false;
        this.fileName = this.opt.fileName;
        if (xmlnsOpt) {
            // This is the function we use to perform name checks on PIs and entities.
            // When namespaces are used, colons are not allowed in PI target names or
            // entity names. So the check depends on whether namespaces are used. See:
            //
            // https://www.w3.org/XML/xml-names-19990114-errata.html
            // NE08
            //
            this.nameStartCheck = isNCNameStartChar;
            this.nameCheck = isNCNameChar;
            this.isName = isNCName;
            // eslint-disable-next-line @typescript-eslint/unbound-method
            this.processAttribs = this.processAttribsNS;
            // eslint-disable-next-line @typescript-eslint/unbound-method
            this.pushAttrib = this.pushAttribNS;
            // eslint-disable-next-line @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-assignment
            this.ns = Object.assign({ __proto__: null }, rootNS);
            const additional = this.opt.additionalNamespaces;
            if (additional != null) {
                nsMappingCheck(this, additional);
                Object.assign(this.ns, additional);
            }
        }
        else {
            this.nameStartCheck = isNameStartChar;
            this.nameCheck = isNameChar;
            this.isName = isName;
            // eslint-disable-next-line @typescript-eslint/unbound-method
            this.processAttribs = this.processAttribsPlain;
            // eslint-disable-next-line @typescript-eslint/unbound-method
            this.pushAttrib = this.pushAttribPlain;
        }
        //
        // The order of the members in this table needs to correspond to the state
        // numbers given to the states that correspond to the methods being recorded
        // here.
        //
        this.stateTable = [
            /* eslint-disable @typescript-eslint/unbound-method */
            this.sBegin,
            this.sBeginWhitespace,
            this.sDoctype,
            this.sDoctypeQuote,
            this.sDTD,
            this.sDTDQuoted,
            this.sDTDOpenWaka,
            this.sDTDOpenWakaBang,
            this.sDTDComment,
            this.sDTDCommentEnding,
            this.sDTDCommentEnded,
            this.sDTDPI,
            this.sDTDPIEnding,
            this.sText,
            this.sEntity,
            this.sOpenWaka,
            this.sOpenWakaBang,
            this.sComment,
            this.sCommentEnding,
            this.sCommentEnded,
            this.sCData,
            this.sCDataEnding,
            this.sCDataEnding2,
            this.sPIFirstChar,
            this.sPIRest,
            this.sPIBody,
            this.sPIEnding,
            this.sXMLDeclNameStart,
            this.sXMLDeclName,
            this.sXMLDeclEq,
            this.sXMLDeclValueStart,
            this.sXMLDeclValue,
            this.sXMLDeclSeparator,
            this.sXMLDeclEnding,
            this.sOpenTag,
            this.sOpenTagSlash,
            this.sAttrib,
            this.sAttribName,
            this.sAttribNameSawWhite,
            this.sAttribValue,
            this.sAttribValueQuoted,
            this.sAttribValueClosed,
            this.sAttribValueUnquoted,
            this.sCloseTag,
            this.sCloseTagSawWhite,
            /* eslint-enable @typescript-eslint/unbound-method */
        ];
        this._init();
    }
    /**
     * Indicates whether or not the parser is closed. If ``true``, wait for
     * the ``ready`` event to write again.
     */
    get closed() {
        return this._closed;
    }
    _init() {
        var _a;
        this.openWakaBang = "";
        this.text = "";
        this.name = "";
        this.piTarget = "";
        this.entity = "";
        this.q = null;
        this.tags = [];
        this.tag = null;
        this.topNS = null;
        this.chunk = "";
        this.chunkPosition = 0;
        this.i = 0;
        this.prevI = 0;
        this.carriedFromPrevious = undefined;
        this.forbiddenState = FORBIDDEN_START;
        this.attribList = [];
        // The logic is organized so as to minimize the need to check
        // this.opt.fragment while parsing.
        const { fragmentOpt } = this;
        this.state = fragmentOpt ? S_TEXT : S_BEGIN;
        // We want these to be all true if we are dealing with a fragment.
        this.reportedTextBeforeRoot = this.reportedTextAfterRoot = this.closedRoot =
            this.sawRoot = fragmentOpt;
        // An XML declaration is intially possible only when parsing whole
        // documents.
        this.xmlDeclPossible = !fragmentOpt;
        this.xmlDeclExpects = ["version"];
        this.entityReturnState = undefined;
        let { defaultXMLVersion } = this.opt;
        if (defaultXMLVersion === undefined) {
            if (this.opt.forceXMLVersion === true) {
                throw new Error("forceXMLVersion set but defaultXMLVersion is not set");
            }
            defaultXMLVersion = "1.0";
        }
        this.setXMLVersion(defaultXMLVersion);
        this.positionAtNewLine = 0;
        this.doctype = false;
        this._closed = false;
        this.xmlDecl = {
            version: undefined,
            encoding: undefined,
            standalone: undefined,
        };
        this.line = 1;
        this.column = 0;
        this.ENTITIES = Object.create(XML_ENTITIES);
        (_a = this.readyHandler) === null || _a === void 0 ? void 0 : _a.call(this);
    }
    /**
     * The stream position the parser is currently looking at. This field is
     * zero-based.
     *
     * This field is not based on counting Unicode characters but is to be
     * interpreted as a plain index into a JavaScript string.
     */
    get position() {
        return this.chunkPosition + this.i;
    }
    /**
     * The column number of the next character to be read by the parser.  *
     * This field is zero-based. (The first column in a line is 0.)
     *
     * This field reports the index at which the next character would be in the
     * line if the line were represented as a JavaScript string.  Note that this
     * *can* be different to a count based on the number of *Unicode characters*
     * due to how JavaScript handles astral plane characters.
     *
     * See [[column]] for a number that corresponds to a count of Unicode
     * characters.
     */
    get columnIndex() {
        return this.position - this.positionAtNewLine;
    }
    /**
     * Set an event listener on an event. The parser supports one handler per
     * event type. If you try to set an event handler over an existing handler,
     * the old handler is silently overwritten.
     *
     * @param name The event to listen to.
     *
     * @param handler The handler to set.
     */
    on(name, handler) {
        // eslint-disable-next-line @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-member-access
        this[EVENT_NAME_TO_HANDLER_NAME[name]] = handler;
    }
    /**
     * Unset an event handler.
     *
     * @parma name The event to stop listening to.
     */
    off(name) {
        // eslint-disable-next-line @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-member-access
        this[EVENT_NAME_TO_HANDLER_NAME[name]] = undefined;
    }
    /**
     * Make an error object. The error object will have a message that contains
     * the ``fileName`` option passed at the creation of the parser. If position
     * tracking was turned on, it will also have line and column number
     * information.
     *
     * @param message The message describing the error to report.
     *
     * @returns An error object with a properly formatted message.
     */
    makeError(message) {
        var _a;
        let msg = (_a = this.fileName) !== null && _a !== void 0 ? _a : "";
        if (this.trackPosition) {
            if (msg.length > 0) {
                msg += ":";
            }
            msg += `${this.line}:${this.column}`;
        }
        if (msg.length > 0) {
            msg += ": ";
        }
        return new Error(msg + message);
    }
    /**
     * Report a parsing error. This method is made public so that client code may
     * check for issues that are outside the scope of this project and can report
     * errors.
     *
     * @param message The error to report.
     *
     * @returns this
     */
    fail(message) {
        const err = this.makeError(message);
        const handler = this.errorHandler;
        if (handler === undefined) {
            throw err;
        }
        else {
            handler(err);
        }
        return this;
    }
    /**
     * Write a XML data to the parser.
     *
     * @param chunk The XML data to write.
     *
     * @returns this
     */
    // We do need object for the type here. Yes, it often causes problems
    // but not in this case.
    write(chunk) {
        if (this.closed) {
            return this.fail("cannot write after close; assign an onready handler.");
        }
        let end = false;
        if (chunk === null) {
            // We cannot return immediately because carriedFromPrevious may need
            // processing.
            end = true;
            chunk = "";
        }
        else if (typeof chunk === "object") {
            chunk = chunk.toString();
        }
        // We checked if performing a pre-decomposition of the string into an array
        // of single complete characters (``Array.from(chunk)``) would be faster
        // than the current repeated calls to ``charCodeAt``. As of August 2018, it
        // isn't. (There may be Node-specific code that would perform faster than
        // ``Array.from`` but don't want to be dependent on Node.)
        if (this.carriedFromPrevious !== undefined) {
            // The previous chunk had char we must carry over.
            chunk = `${this.carriedFromPrevious}${chunk}`;
            this.carriedFromPrevious = undefined;
        }
        let limit = chunk.length;
        const lastCode = chunk.charCodeAt(limit - 1);
        if (!end &&
            // A trailing CR or surrogate must be carried over to the next
            // chunk.
            (lastCode === CR || (lastCode >= 0xD800 && lastCode <= 0xDBFF))) {
            // The chunk ends with a character that must be carried over. We cannot
            // know how to handle it until we get the next chunk or the end of the
            // stream. So save it for later.
            this.carriedFromPrevious = chunk[limit - 1];
            limit--;
            chunk = chunk.slice(0, limit);
        }
        const { stateTable } = this;
        this.chunk = chunk;
        this.i = 0;
        while (this.i < limit) {
            // eslint-disable-next-line @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-argument
            stateTable[this.state].call(this);
        }
        this.chunkPosition += limit;
        return end ? this.end() : this;
    }
    /**
     * Close the current stream. Perform final well-formedness checks and reset
     * the parser tstate.
     *
     * @returns this
     */
    close() {
        return this.write(null);
    }
    /**
     * Get a single code point out of the current chunk. This updates the current
     * position if we do position tracking.
     *
     * This is the algorithm to use for XML 1.0.
     *
     * @returns The character read.
     */
    getCode10() {
        const { chunk, i } = this;
        this.prevI = i;
        // Yes, we do this instead of doing this.i++. Doing it this way, we do not
        // read this.i again, which is a bit faster.
        this.i = i + 1;
        if (i >= chunk.length) {
            return EOC;
        }
        // Using charCodeAt and handling the surrogates ourselves is faster
        // than using codePointAt.
        const code = chunk.charCodeAt(i);
        this.column++;
        if (code < 0xD800) {
            if (code >= SPACE || code === TAB) {
                return code;
            }
            switch (code) {
                case NL:
                    this.line++;
                    this.column = 0;
                    this.positionAtNewLine = this.position;
                    return NL;
                case CR:
                    // We may get NaN if we read past the end of the chunk, which is fine.
                    if (chunk.charCodeAt(i + 1) === NL) {
                        // A \r\n sequence is converted to \n so we have to skip over the
                        // next character. We already know it has a size of 1 so ++ is fine
                        // here.
                        this.i = i + 2;
                    }
                    // Otherwise, a \r is just converted to \n, so we don't have to skip
                    // ahead.
                    // In either case, \r becomes \n.
                    this.line++;
                    this.column = 0;
                    this.positionAtNewLine = this.position;
                    return NL_LIKE;
                default:
                    // If we get here, then code < SPACE and it is not NL CR or TAB.
                    this.fail("disallowed character.");
                    return code;
            }
        }
        if (code > 0xDBFF) {
            // This is a specialized version of isChar10 that takes into account
            // that in this context code > 0xDBFF and code <= 0xFFFF. So it does not
            // test cases that don't need testing.
            if (!(code >= 0xE000 && code <= 0xFFFD)) {
                this.fail("disallowed character.");
            }
            return code;
        }
        const final = 0x10000 + ((code - 0xD800) * 0x400) +
            (chunk.charCodeAt(i + 1) - 0xDC00);
        this.i = i + 2;
        // This is a specialized version of isChar10 that takes into account that in
        // this context necessarily final >= 0x10000.
        if (final > 0x10FFFF) {
            this.fail("disallowed character.");
        }
        return final;
    }
    /**
     * Get a single code point out of the current chunk. This updates the current
     * position if we do position tracking.
     *
     * This is the algorithm to use for XML 1.1.
     *
     * @returns {number} The character read.
     */
    getCode11() {
        const { chunk, i } = this;
        this.prevI = i;
        // Yes, we do this instead of doing this.i++. Doing it this way, we do not
        // read this.i again, which is a bit faster.
        this.i = i + 1;
        if (i >= chunk.length) {
            return EOC;
        }
        // Using charCodeAt and handling the surrogates ourselves is faster
        // than using codePointAt.
        const code = chunk.charCodeAt(i);
        this.column++;
        if (code < 0xD800) {
            if ((code > 0x1F && code < 0x7F) || (code > 0x9F && code !== LS) ||
                code === TAB) {
                return code;
            }
            switch (code) {
                case NL: // 0xA
                    this.line++;
                    this.column = 0;
                    this.positionAtNewLine = this.position;
                    return NL;
                case CR: { // 0xD
                    // We may get NaN if we read past the end of the chunk, which is
                    // fine.
                    const next = chunk.charCodeAt(i + 1);
                    if (next === NL || next === NEL) {
                        // A CR NL or CR NEL sequence is converted to NL so we have to skip
                        // over the next character. We already know it has a size of 1.
                        this.i = i + 2;
                    }
                    // Otherwise, a CR is just converted to NL, no skip.
                }
                /* yes, fall through */
                case NEL: // 0x85
                case LS: // Ox2028
                    this.line++;
                    this.column = 0;
                    this.positionAtNewLine = this.position;
                    return NL_LIKE;
                default:
                    this.fail("disallowed character.");
                    return code;
            }
        }
        if (code > 0xDBFF) {
            // This is a specialized version of isCharAndNotRestricted that takes into
            // account that in this context code > 0xDBFF and code <= 0xFFFF. So it
            // does not test cases that don't need testing.
            if (!(code >= 0xE000 && code <= 0xFFFD)) {
                this.fail("disallowed character.");
            }
            return code;
        }
        const final = 0x10000 + ((code - 0xD800) * 0x400) +
            (chunk.charCodeAt(i + 1) - 0xDC00);
        this.i = i + 2;
        // This is a specialized version of isCharAndNotRestricted that takes into
        // account that in this context necessarily final >= 0x10000.
        if (final > 0x10FFFF) {
            this.fail("disallowed character.");
        }
        return final;
    }
    /**
     * Like ``getCode`` but with the return value normalized so that ``NL`` is
     * returned for ``NL_LIKE``.
     */
    getCodeNorm() {
        const c = this.getCode();
        return c === NL_LIKE ? NL : c;
    }
    unget() {
        this.i = this.prevI;
        this.column--;
    }
    /**
     * Capture characters into a buffer until encountering one of a set of
     * characters.
     *
     * @param chars An array of codepoints. Encountering a character in the array
     * ends the capture. (``chars`` may safely contain ``NL``.)
     *
     * @return The character code that made the capture end, or ``EOC`` if we hit
     * the end of the chunk. The return value cannot be NL_LIKE: NL is returned
     * instead.
     */
    captureTo(chars) {
        let { i: start } = this;
        const { chunk } = this;
        // eslint-disable-next-line no-constant-condition
        while (true) {
            const c = this.getCode();
            const isNLLike = c === NL_LIKE;
            const final = isNLLike ? NL : c;
            if (final === EOC || chars.includes(final)) {
                this.text += chunk.slice(start, this.prevI);
                return final;
            }
            if (isNLLike) {
                this.text += `${chunk.slice(start, this.prevI)}\n`;
                start = this.i;
            }
        }
    }
    /**
     * Capture characters into a buffer until encountering a character.
     *
     * @param char The codepoint that ends the capture. **NOTE ``char`` MAY NOT
     * CONTAIN ``NL``.** Passing ``NL`` will result in buggy behavior.
     *
     * @return ``true`` if we ran into the character. Otherwise, we ran into the
     * end of the current chunk.
     */
    captureToChar(char) {
        let { i: start } = this;
        const { chunk } = this;
        // eslint-disable-next-line no-constant-condition
        while (true) {
            let c = this.getCode();
            switch (c) {
                case NL_LIKE:
                    this.text += `${chunk.slice(start, this.prevI)}\n`;
                    start = this.i;
                    c = NL;
                    break;
                case EOC:
                    this.text += chunk.slice(start);
                    return false;
                default:
            }
            if (c === char) {
                this.text += chunk.slice(start, this.prevI);
                return true;
            }
        }
    }
    /**
     * Capture characters that satisfy ``isNameChar`` into the ``name`` field of
     * this parser.
     *
     * @return The character code that made the test fail, or ``EOC`` if we hit
     * the end of the chunk. The return value cannot be NL_LIKE: NL is returned
     * instead.
     */
    captureNameChars() {
        const { chunk, i: start } = this;
        // eslint-disable-next-line no-constant-condition
        while (true) {
            const c = this.getCode();
            if (c === EOC) {
                this.name += chunk.slice(start);
                return EOC;
            }
            // NL is not a name char so we don't have to test specifically for it.
            if (!isNameChar(c)) {
                this.name += chunk.slice(start, this.prevI);
                return c === NL_LIKE ? NL : c;
            }
        }
    }
    /**
     * Skip white spaces.
     *
     * @return The character that ended the skip, or ``EOC`` if we hit
     * the end of the chunk. The return value cannot be NL_LIKE: NL is returned
     * instead.
     */
    skipSpaces() {
        // eslint-disable-next-line no-constant-condition
        while (true) {
            const c = this.getCodeNorm();
            if (c === EOC || !isS(c)) {
                return c;
            }
        }
    }
    setXMLVersion(version) {
        this.currentXMLVersion = version;
        /*  eslint-disable @typescript-eslint/unbound-method */
        if (version === "1.0") {
            this.isChar = isChar10;
            this.getCode = this.getCode10;
        }
        else {
            this.isChar = isChar11;
            this.getCode = this.getCode11;
        }
        /* eslint-enable @typescript-eslint/unbound-method */
    }
    // STATE ENGINE METHODS
    // This needs to be a state separate from S_BEGIN_WHITESPACE because we want
    // to be sure never to come back to this state later.
    sBegin() {
        // We are essentially peeking at the first character of the chunk. Since
        // S_BEGIN can be in effect only when we start working on the first chunk,
        // the index at which we must look is necessarily 0. Note also that the
        // following test does not depend on decoding surrogates.
        // If the initial character is 0xFEFF, ignore it.
        if (this.chunk.charCodeAt(0) === 0xFEFF) {
            this.i++;
            this.column++;
        }
        this.state = S_BEGIN_WHITESPACE;
    }
    sBeginWhitespace() {
        // We need to know whether we've encountered spaces or not because as soon
        // as we run into a space, an XML declaration is no longer possible. Rather
        // than slow down skipSpaces even in places where we don't care whether it
        // skipped anything or not, we check whether prevI is equal to the value of
        // i from before we skip spaces.
        const iBefore = this.i;
        const c = this.skipSpaces();
        if (this.prevI !== iBefore) {
            this.xmlDeclPossible = false;
        }
        switch (c) {
            case LESS:
                this.state = S_OPEN_WAKA;
                // We could naively call closeText but in this state, it is not normal
                // to have text be filled with any data.
                if (this.text.length !== 0) {
                    throw new Error("no-empty text at start");
                }
                break;
            case EOC:
                break;
            default:
                this.unget();
                this.state = S_TEXT;
                this.xmlDeclPossible = false;
        }
    }
    sDoctype() {
        var _a;
        const c = this.captureTo(DOCTYPE_TERMINATOR);
        switch (c) {
            case GREATER: {
                (_a = this.doctypeHandler) === null || _a === void 0 ? void 0 : _a.call(this, this.text);
                this.text = "";
                this.state = S_TEXT;
                this.doctype = true; // just remember that we saw it.
                break;
            }
            case EOC:
                break;
            default:
                this.text += String.fromCodePoint(c);
                if (c === OPEN_BRACKET) {
                    this.state = S_DTD;
                }
                else if (isQuote(c)) {
                    this.state = S_DOCTYPE_QUOTE;
                    this.q = c;
                }
        }
    }
    sDoctypeQuote() {
        const q = this.q;
        if (this.captureToChar(q)) {
            this.text += String.fromCodePoint(q);
            this.q = null;
            this.state = S_DOCTYPE;
        }
    }
    sDTD() {
        const c = this.captureTo(DTD_TERMINATOR);
        if (c === EOC) {
            return;
        }
        this.text += String.fromCodePoint(c);
        if (c === CLOSE_BRACKET) {
            this.state = S_DOCTYPE;
        }
        else if (c === LESS) {
            this.state = S_DTD_OPEN_WAKA;
        }
        else if (isQuote(c)) {
            this.state = S_DTD_QUOTED;
            this.q = c;
        }
    }
    sDTDQuoted() {
        const q = this.q;
        if (this.captureToChar(q)) {
            this.text += String.fromCodePoint(q);
            this.state = S_DTD;
            this.q = null;
        }
    }
    sDTDOpenWaka() {
        const c = this.getCodeNorm();
        this.text += String.fromCodePoint(c);
        switch (c) {
            case BANG:
                this.state = S_DTD_OPEN_WAKA_BANG;
                this.openWakaBang = "";
                break;
            case QUESTION:
                this.state = S_DTD_PI;
                break;
            default:
                this.state = S_DTD;
        }
    }
    sDTDOpenWakaBang() {
        const char = String.fromCodePoint(this.getCodeNorm());
        const owb = this.openWakaBang += char;
        this.text += char;
        if (owb !== "-") {
            this.state = owb === "--" ? S_DTD_COMMENT : S_DTD;
            this.openWakaBang = "";
        }
    }
    sDTDComment() {
        if (this.captureToChar(MINUS)) {
            this.text += "-";
            this.state = S_DTD_COMMENT_ENDING;
        }
    }
    sDTDCommentEnding() {
        const c = this.getCodeNorm();
        this.text += String.fromCodePoint(c);
        this.state = c === MINUS ? S_DTD_COMMENT_ENDED : S_DTD_COMMENT;
    }
    sDTDCommentEnded() {
        const c = this.getCodeNorm();
        this.text += String.fromCodePoint(c);
        if (c === GREATER) {
            this.state = S_DTD;
        }
        else {
            this.fail("malformed comment.");
            // <!-- blah -- bloo --> will be recorded as
            // a comment of " blah -- bloo "
            this.state = S_DTD_COMMENT;
        }
    }
    sDTDPI() {
        if (this.captureToChar(QUESTION)) {
            this.text += "?";
            this.state = S_DTD_PI_ENDING;
        }
    }
    sDTDPIEnding() {
        const c = this.getCodeNorm();
        this.text += String.fromCodePoint(c);
        if (c === GREATER) {
            this.state = S_DTD;
        }
    }
    sText() {
        //
        // We did try a version of saxes where the S_TEXT state was split in two
        // states: one for text inside the root element, and one for text
        // outside. This was avoiding having to test this.tags.length to decide
        // what implementation to actually use.
        //
        // Peformance testing on gigabyte-size files did not show any advantage to
        // using the two states solution instead of the current one. Conversely, it
        // made the code a bit more complicated elsewhere. For instance, a comment
        // can appear before the root element so when a comment ended it was
        // necessary to determine whether to return to the S_TEXT state or to the
        // new text-outside-root state.
        //
        if (this.tags.length !== 0) {
            this.handleTextInRoot();
        }
        else {
            this.handleTextOutsideRoot();
        }
    }
    sEntity() {
        // This is essentially a specialized version of captureToChar(SEMICOLON...)
        let { i: start } = this;
        const { chunk } = this;
        // eslint-disable-next-line no-labels, no-restricted-syntax
        loop: 
        // eslint-disable-next-line no-constant-condition
        while (true) {
            switch (this.getCode()) {
                case NL_LIKE:
                    this.entity += `${chunk.slice(start, this.prevI)}\n`;
                    start = this.i;
                    break;
                case SEMICOLON: {
                    const { entityReturnState } = this;
                    const entity = this.entity + chunk.slice(start, this.prevI);
                    this.state = entityReturnState;
                    let parsed;
                    if (entity === "") {
                        this.fail("empty entity name.");
                        parsed = "&;";
                    }
                    else {
                        parsed = this.parseEntity(entity);
                        this.entity = "";
                    }
                    if (entityReturnState !== S_TEXT || this.textHandler !== undefined) {
                        this.text += parsed;
                    }
                    // eslint-disable-next-line no-labels
                    break loop;
                }
                case EOC:
                    this.entity += chunk.slice(start);
                    // eslint-disable-next-line no-labels
                    break loop;
                default:
            }
        }
    }
    sOpenWaka() {
        // Reminder: a state handler is called with at least one character
        // available in the current chunk. So the first call to get code inside of
        // a state handler cannot return ``EOC``. That's why we don't test
        // for it.
        const c = this.getCode();
        // either a /, ?, !, or text is coming next.
        if (isNameStartChar(c)) {
            this.state = S_OPEN_TAG;
            this.unget();
            this.xmlDeclPossible = false;
        }
        else {
            switch (c) {
                case FORWARD_SLASH:
                    this.state = S_CLOSE_TAG;
                    this.xmlDeclPossible = false;
                    break;
                case BANG:
                    this.state = S_OPEN_WAKA_BANG;
                    this.openWakaBang = "";
                    this.xmlDeclPossible = false;
                    break;
                case QUESTION:
                    this.state = S_PI_FIRST_CHAR;
                    break;
                default:
                    this.fail("disallowed character in tag name");
                    this.state = S_TEXT;
                    this.xmlDeclPossible = false;
            }
        }
    }
    sOpenWakaBang() {
        this.openWakaBang += String.fromCodePoint(this.getCodeNorm());
        switch (this.openWakaBang) {
            case "[CDATA[":
                if (!this.sawRoot && !this.reportedTextBeforeRoot) {
                    this.fail("text data outside of root node.");
                    this.reportedTextBeforeRoot = true;
                }
                if (this.closedRoot && !this.reportedTextAfterRoot) {
                    this.fail("text data outside of root node.");
                    this.reportedTextAfterRoot = true;
                }
                this.state = S_CDATA;
                this.openWakaBang = "";
                break;
            case "--":
                this.state = S_COMMENT;
                this.openWakaBang = "";
                break;
            case "DOCTYPE":
                this.state = S_DOCTYPE;
                if (this.doctype || this.sawRoot) {
                    this.fail("inappropriately located doctype declaration.");
                }
                this.openWakaBang = "";
                break;
            default:
                // 7 happens to be the maximum length of the string that can possibly
                // match one of the cases above.
                if (this.openWakaBang.length >= 7) {
                    this.fail("incorrect syntax.");
                }
        }
    }
    sComment() {
        if (this.captureToChar(MINUS)) {
            this.state = S_COMMENT_ENDING;
        }
    }
    sCommentEnding() {
        var _a;
        const c = this.getCodeNorm();
        if (c === MINUS) {
            this.state = S_COMMENT_ENDED;
            (_a = this.commentHandler) === null || _a === void 0 ? void 0 : _a.call(this, this.text);
            this.text = "";
        }
        else {
            this.text += `-${String.fromCodePoint(c)}`;
            this.state = S_COMMENT;
        }
    }
    sCommentEnded() {
        const c = this.getCodeNorm();
        if (c !== GREATER) {
            this.fail("malformed comment.");
            // <!-- blah -- bloo --> will be recorded as
            // a comment of " blah -- bloo "
            this.text += `--${String.fromCodePoint(c)}`;
            this.state = S_COMMENT;
        }
        else {
            this.state = S_TEXT;
        }
    }
    sCData() {
        if (this.captureToChar(CLOSE_BRACKET)) {
            this.state = S_CDATA_ENDING;
        }
    }
    sCDataEnding() {
        const c = this.getCodeNorm();
        if (c === CLOSE_BRACKET) {
            this.state = S_CDATA_ENDING_2;
        }
        else {
            this.text += `]${String.fromCodePoint(c)}`;
            this.state = S_CDATA;
        }
    }
    sCDataEnding2() {
        var _a;
        const c = this.getCodeNorm();
        switch (c) {
            case GREATER: {
                (_a = this.cdataHandler) === null || _a === void 0 ? void 0 : _a.call(this, this.text);
                this.text = "";
                this.state = S_TEXT;
                break;
            }
            case CLOSE_BRACKET:
                this.text += "]";
                break;
            default:
                this.text += `]]${String.fromCodePoint(c)}`;
                this.state = S_CDATA;
        }
    }
    // We need this separate state to check the first character fo the pi target
    // with this.nameStartCheck which allows less characters than this.nameCheck.
    sPIFirstChar() {
        const c = this.getCodeNorm();
        // This is first because in the case where the file is well-formed this is
        // the branch taken. We optimize for well-formedness.
        if (this.nameStartCheck(c)) {
            this.piTarget += String.fromCodePoint(c);
            this.state = S_PI_REST;
        }
        else if (c === QUESTION || isS(c)) {
            this.fail("processing instruction without a target.");
            this.state = c === QUESTION ? S_PI_ENDING : S_PI_BODY;
        }
        else {
            this.fail("disallowed character in processing instruction name.");
            this.piTarget += String.fromCodePoint(c);
            this.state = S_PI_REST;
        }
    }
    sPIRest() {
        // Capture characters into a piTarget while ``this.nameCheck`` run on the
        // character read returns true.
        const { chunk, i: start } = this;
        // eslint-disable-next-line no-constant-condition
        while (true) {
            const c = this.getCodeNorm();
            if (c === EOC) {
                this.piTarget += chunk.slice(start);
                return;
            }
            // NL cannot satisfy this.nameCheck so we don't have to test specifically
            // for it.
            if (!this.nameCheck(c)) {
                this.piTarget += chunk.slice(start, this.prevI);
                const isQuestion = c === QUESTION;
                if (isQuestion || isS(c)) {
                    if (this.piTarget === "xml") {
                        if (!this.xmlDeclPossible) {
                            this.fail("an XML declaration must be at the start of the document.");
                        }
                        this.state = isQuestion ? S_XML_DECL_ENDING : S_XML_DECL_NAME_START;
                    }
                    else {
                        this.state = isQuestion ? S_PI_ENDING : S_PI_BODY;
                    }
                }
                else {
                    this.fail("disallowed character in processing instruction name.");
                    this.piTarget += String.fromCodePoint(c);
                }
                break;
            }
        }
    }
    sPIBody() {
        if (this.text.length === 0) {
            const c = this.getCodeNorm();
            if (c === QUESTION) {
                this.state = S_PI_ENDING;
            }
            else if (!isS(c)) {
                this.text = String.fromCodePoint(c);
            }
        }
        // The question mark character is not valid inside any of the XML
        // declaration name/value pairs.
        else if (this.captureToChar(QUESTION)) {
            this.state = S_PI_ENDING;
        }
    }
    sPIEnding() {
        var _a;
        const c = this.getCodeNorm();
        if (c === GREATER) {
            const { piTarget } = this;
            if (piTarget.toLowerCase() === "xml") {
                this.fail("the XML declaration must appear at the start of the document.");
            }
            (_a = this.piHandler) === null || _a === void 0 ? void 0 : _a.call(this, {
                target: piTarget,
                body: this.text,
            });
            this.piTarget = this.text = "";
            this.state = S_TEXT;
        }
        else if (c === QUESTION) {
            // We ran into ?? as part of a processing instruction. We initially took
            // the first ? as a sign that the PI was ending, but it is not. So we have
            // to add it to the body but we take the new ? as a sign that the PI is
            // ending.
            this.text += "?";
        }
        else {
            this.text += `?${String.fromCodePoint(c)}`;
            this.state = S_PI_BODY;
        }
        this.xmlDeclPossible = false;
    }
    sXMLDeclNameStart() {
        const c = this.skipSpaces();
        // The question mark character is not valid inside any of the XML
        // declaration name/value pairs.
        if (c === QUESTION) {
            // It is valid to go to S_XML_DECL_ENDING from this state.
            this.state = S_XML_DECL_ENDING;
            return;
        }
        if (c !== EOC) {
            this.state = S_XML_DECL_NAME;
            this.name = String.fromCodePoint(c);
        }
    }
    sXMLDeclName() {
        const c = this.captureTo(XML_DECL_NAME_TERMINATOR);
        // The question mark character is not valid inside any of the XML
        // declaration name/value pairs.
        if (c === QUESTION) {
            this.state = S_XML_DECL_ENDING;
            this.name += this.text;
            this.text = "";
            this.fail("XML declaration is incomplete.");
            return;
        }
        if (!(isS(c) || c === EQUAL)) {
            return;
        }
        this.name += this.text;
        this.text = "";
        if (!this.xmlDeclExpects.includes(this.name)) {
            switch (this.name.length) {
                case 0:
                    this.fail("did not expect any more name/value pairs.");
                    break;
                case 1:
                    this.fail(`expected the name ${this.xmlDeclExpects[0]}.`);
                    break;
                default:
                    this.fail(`expected one of ${this.xmlDeclExpects.join(", ")}`);
            }
        }
        this.state = c === EQUAL ? S_XML_DECL_VALUE_START : S_XML_DECL_EQ;
    }
    sXMLDeclEq() {
        const c = this.getCodeNorm();
        // The question mark character is not valid inside any of the XML
        // declaration name/value pairs.
        if (c === QUESTION) {
            this.state = S_XML_DECL_ENDING;
            this.fail("XML declaration is incomplete.");
            return;
        }
        if (isS(c)) {
            return;
        }
        if (c !== EQUAL) {
            this.fail("value required.");
        }
        this.state = S_XML_DECL_VALUE_START;
    }
    sXMLDeclValueStart() {
        const c = this.getCodeNorm();
        // The question mark character is not valid inside any of the XML
        // declaration name/value pairs.
        if (c === QUESTION) {
            this.state = S_XML_DECL_ENDING;
            this.fail("XML declaration is incomplete.");
            return;
        }
        if (isS(c)) {
            return;
        }
        if (!isQuote(c)) {
            this.fail("value must be quoted.");
            this.q = SPACE;
        }
        else {
            this.q = c;
        }
        this.state = S_XML_DECL_VALUE;
    }
    sXMLDeclValue() {
        const c = this.captureTo([this.q, QUESTION]);
        // The question mark character is not valid inside any of the XML
        // declaration name/value pairs.
        if (c === QUESTION) {
            this.state = S_XML_DECL_ENDING;
            this.text = "";
            this.fail("XML declaration is incomplete.");
            return;
        }
        if (c === EOC) {
            return;
        }
        const value = this.text;
        this.text = "";
        switch (this.name) {
            case "version": {
                this.xmlDeclExpects = ["encoding", "standalone"];
                const version = value;
                this.xmlDecl.version = version;
                // This is the test specified by XML 1.0 but it is fine for XML 1.1.
                if (!/^1\.[0-9]+$/.test(version)) {
                    this.fail("version number must match /^1\\.[0-9]+$/.");
                }
                // When forceXMLVersion is set, the XML declaration is ignored.
                else if (!this.opt.forceXMLVersion) {
                    this.setXMLVersion(version);
                }
                break;
            }
            case "encoding":
                if (!/^[A-Za-z][A-Za-z0-9._-]*$/.test(value)) {
                    this.fail("encoding value must match \
/^[A-Za-z0-9][A-Za-z0-9._-]*$/.");
                }
                this.xmlDeclExpects = ["standalone"];
                this.xmlDecl.encoding = value;
                break;
            case "standalone":
                if (value !== "yes" && value !== "no") {
                    this.fail("standalone value must match \"yes\" or \"no\".");
                }
                this.xmlDeclExpects = [];
                this.xmlDecl.standalone = value;
                break;
            default:
            // We don't need to raise an error here since we've already raised one
            // when checking what name was expected.
        }
        this.name = "";
        this.state = S_XML_DECL_SEPARATOR;
    }
    sXMLDeclSeparator() {
        const c = this.getCodeNorm();
        // The question mark character is not valid inside any of the XML
        // declaration name/value pairs.
        if (c === QUESTION) {
            // It is valid to go to S_XML_DECL_ENDING from this state.
            this.state = S_XML_DECL_ENDING;
            return;
        }
        if (!isS(c)) {
            this.fail("whitespace required.");
            this.unget();
        }
        this.state = S_XML_DECL_NAME_START;
    }
    sXMLDeclEnding() {
        var _a;
        const c = this.getCodeNorm();
        if (c === GREATER) {
            if (this.piTarget !== "xml") {
                this.fail("processing instructions are not allowed before root.");
            }
            else if (this.name !== "version" &&
                this.xmlDeclExpects.includes("version")) {
                this.fail("XML declaration must contain a version.");
            }
            (_a = this.xmldeclHandler) === null || _a === void 0 ? void 0 : _a.call(this, this.xmlDecl);
            this.name = "";
            this.piTarget = this.text = "";
            this.state = S_TEXT;
        }
        else {
            // We got here because the previous character was a ?, but the question
            // mark character is not valid inside any of the XML declaration
            // name/value pairs.
            this.fail("The character ? is disallowed anywhere in XML declarations.");
        }
        this.xmlDeclPossible = false;
    }
    sOpenTag() {
        var _a;
        const c = this.captureNameChars();
        if (c === EOC) {
            return;
        }
        const tag = this.tag = {
            name: this.name,
            attributes: Object.create(null),
        };
        this.name = "";
        if (this.xmlnsOpt) {
            this.topNS = tag.ns = Object.create(null);
        }
        (_a = this.openTagStartHandler) === null || _a === void 0 ? void 0 : _a.call(this, tag);
        this.sawRoot = true;
        if (!this.fragmentOpt && this.closedRoot) {
            this.fail("documents may contain only one root.");
        }
        switch (c) {
            case GREATER:
                this.openTag();
                break;
            case FORWARD_SLASH:
                this.state = S_OPEN_TAG_SLASH;
                break;
            default:
                if (!isS(c)) {
                    this.fail("disallowed character in tag name.");
                }
                this.state = S_ATTRIB;
        }
    }
    sOpenTagSlash() {
        if (this.getCode() === GREATER) {
            this.openSelfClosingTag();
        }
        else {
            this.fail("forward-slash in opening tag not followed by >.");
            this.state = S_ATTRIB;
        }
    }
    sAttrib() {
        const c = this.skipSpaces();
        if (c === EOC) {
            return;
        }
        if (isNameStartChar(c)) {
            this.unget();
            this.state = S_ATTRIB_NAME;
        }
        else if (c === GREATER) {
            this.openTag();
        }
        else if (c === FORWARD_SLASH) {
            this.state = S_OPEN_TAG_SLASH;
        }
        else {
            this.fail("disallowed character in attribute name.");
        }
    }
    sAttribName() {
        const c = this.captureNameChars();
        if (c === EQUAL) {
            this.state = S_ATTRIB_VALUE;
        }
        else if (isS(c)) {
            this.state = S_ATTRIB_NAME_SAW_WHITE;
        }
        else if (c === GREATER) {
            this.fail("attribute without value.");
            this.pushAttrib(this.name, this.name);
            this.name = this.text = "";
            this.openTag();
        }
        else if (c !== EOC) {
            this.fail("disallowed character in attribute name.");
        }
    }
    sAttribNameSawWhite() {
        const c = this.skipSpaces();
        switch (c) {
            case EOC:
                return;
            case EQUAL:
                this.state = S_ATTRIB_VALUE;
                break;
            default:
                this.fail("attribute without value.");
                // Should we do this???
                // this.tag.attributes[this.name] = "";
                this.text = "";
                this.name = "";
                if (c === GREATER) {
                    this.openTag();
                }
                else if (isNameStartChar(c)) {
                    this.unget();
                    this.state = S_ATTRIB_NAME;
                }
                else {
                    this.fail("disallowed character in attribute name.");
                    this.state = S_ATTRIB;
                }
        }
    }
    sAttribValue() {
        const c = this.getCodeNorm();
        if (isQuote(c)) {
            this.q = c;
            this.state = S_ATTRIB_VALUE_QUOTED;
        }
        else if (!isS(c)) {
            this.fail("unquoted attribute value.");
            this.state = S_ATTRIB_VALUE_UNQUOTED;
            this.unget();
        }
    }
    sAttribValueQuoted() {
        // We deliberately do not use captureTo here. The specialized code we use
        // here is faster than using captureTo.
        const { q, chunk } = this;
        let { i: start } = this;
        // eslint-disable-next-line no-constant-condition
        while (true) {
            switch (this.getCode()) {
                case q:
                    this.pushAttrib(this.name, this.text + chunk.slice(start, this.prevI));
                    this.name = this.text = "";
                    this.q = null;
                    this.state = S_ATTRIB_VALUE_CLOSED;
                    return;
                case AMP:
                    this.text += chunk.slice(start, this.prevI);
                    this.state = S_ENTITY;
                    this.entityReturnState = S_ATTRIB_VALUE_QUOTED;
                    return;
                case NL:
                case NL_LIKE:
                case TAB:
                    this.text += `${chunk.slice(start, this.prevI)} `;
                    start = this.i;
                    break;
                case LESS:
                    this.text += chunk.slice(start, this.prevI);
                    this.fail("disallowed character.");
                    return;
                case EOC:
                    this.text += chunk.slice(start);
                    return;
                default:
            }
        }
    }
    sAttribValueClosed() {
        const c = this.getCodeNorm();
        if (isS(c)) {
            this.state = S_ATTRIB;
        }
        else if (c === GREATER) {
            this.openTag();
        }
        else if (c === FORWARD_SLASH) {
            this.state = S_OPEN_TAG_SLASH;
        }
        else if (isNameStartChar(c)) {
            this.fail("no whitespace between attributes.");
            this.unget();
            this.state = S_ATTRIB_NAME;
        }
        else {
            this.fail("disallowed character in attribute name.");
        }
    }
    sAttribValueUnquoted() {
        // We don't do anything regarding EOL or space handling for unquoted
        // attributes. We already have failed by the time we get here, and the
        // contract that saxes upholds states that upon failure, it is not safe to
        // rely on the data passed to event handlers (other than
        // ``onerror``). Passing "bad" data is not a problem.
        const c = this.captureTo(ATTRIB_VALUE_UNQUOTED_TERMINATOR);
        switch (c) {
            case AMP:
                this.state = S_ENTITY;
                this.entityReturnState = S_ATTRIB_VALUE_UNQUOTED;
                break;
            case LESS:
                this.fail("disallowed character.");
                break;
            case EOC:
                break;
            default:
                if (this.text.includes("]]>")) {
                    this.fail("the string \"]]>\" is disallowed in char data.");
                }
                this.pushAttrib(this.name, this.text);
                this.name = this.text = "";
                if (c === GREATER) {
                    this.openTag();
                }
                else {
                    this.state = S_ATTRIB;
                }
        }
    }
    sCloseTag() {
        const c = this.captureNameChars();
        if (c === GREATER) {
            this.closeTag();
        }
        else if (isS(c)) {
            this.state = S_CLOSE_TAG_SAW_WHITE;
        }
        else if (c !== EOC) {
            this.fail("disallowed character in closing tag.");
        }
    }
    sCloseTagSawWhite() {
        switch (this.skipSpaces()) {
            case GREATER:
                this.closeTag();
                break;
            case EOC:
                break;
            default:
                this.fail("disallowed character in closing tag.");
        }
    }
    // END OF STATE ENGINE METHODS
    handleTextInRoot() {
        // This is essentially a specialized version of captureTo which is optimized
        // for performing the ]]> check. A previous version of this code, checked
        // ``this.text`` for the presence of ]]>. It simplified the code but was
        // very costly when character data contained a lot of entities to be parsed.
        //
        // Since we are using a specialized loop, we also keep track of the presence
        // of ]]> in text data. The sequence ]]> is forbidden to appear as-is.
        //
        let { i: start, forbiddenState } = this;
        const { chunk, textHandler: handler } = this;
        // eslint-disable-next-line no-labels, no-restricted-syntax
        scanLoop: 
        // eslint-disable-next-line no-constant-condition
        while (true) {
            switch (this.getCode()) {
                case LESS: {
                    this.state = S_OPEN_WAKA;
                    if (handler !== undefined) {
                        const { text } = this;
                        const slice = chunk.slice(start, this.prevI);
                        if (text.length !== 0) {
                            handler(text + slice);
                            this.text = "";
                        }
                        else if (slice.length !== 0) {
                            handler(slice);
                        }
                    }
                    forbiddenState = FORBIDDEN_START;
                    // eslint-disable-next-line no-labels
                    break scanLoop;
                }
                case AMP:
                    this.state = S_ENTITY;
                    this.entityReturnState = S_TEXT;
                    if (handler !== undefined) {
                        this.text += chunk.slice(start, this.prevI);
                    }
                    forbiddenState = FORBIDDEN_START;
                    // eslint-disable-next-line no-labels
                    break scanLoop;
                case CLOSE_BRACKET:
                    switch (forbiddenState) {
                        case FORBIDDEN_START:
                            forbiddenState = FORBIDDEN_BRACKET;
                            break;
                        case FORBIDDEN_BRACKET:
                            forbiddenState = FORBIDDEN_BRACKET_BRACKET;
                            break;
                        case FORBIDDEN_BRACKET_BRACKET:
                            break;
                        default:
                            throw new Error("impossible state");
                    }
                    break;
                case GREATER:
                    if (forbiddenState === FORBIDDEN_BRACKET_BRACKET) {
                        this.fail("the string \"]]>\" is disallowed in char data.");
                    }
                    forbiddenState = FORBIDDEN_START;
                    break;
                case NL_LIKE:
                    if (handler !== undefined) {
                        this.text += `${chunk.slice(start, this.prevI)}\n`;
                    }
                    start = this.i;
                    forbiddenState = FORBIDDEN_START;
                    break;
                case EOC:
                    if (handler !== undefined) {
                        this.text += chunk.slice(start);
                    }
                    // eslint-disable-next-line no-labels
                    break scanLoop;
                default:
                    forbiddenState = FORBIDDEN_START;
            }
        }
        this.forbiddenState = forbiddenState;
    }
    handleTextOutsideRoot() {
        // This is essentially a specialized version of captureTo which is optimized
        // for a specialized task. We keep track of the presence of non-space
        // characters in the text since these are errors when appearing outside the
        // document root element.
        let { i: start } = this;
        const { chunk, textHandler: handler } = this;
        let nonSpace = false;
        // eslint-disable-next-line no-labels, no-restricted-syntax
        outRootLoop: 
        // eslint-disable-next-line no-constant-condition
        while (true) {
            const code = this.getCode();
            switch (code) {
                case LESS: {
                    this.state = S_OPEN_WAKA;
                    if (handler !== undefined) {
                        const { text } = this;
                        const slice = chunk.slice(start, this.prevI);
                        if (text.length !== 0) {
                            handler(text + slice);
                            this.text = "";
                        }
                        else if (slice.length !== 0) {
                            handler(slice);
                        }
                    }
                    // eslint-disable-next-line no-labels
                    break outRootLoop;
                }
                case AMP:
                    this.state = S_ENTITY;
                    this.entityReturnState = S_TEXT;
                    if (handler !== undefined) {
                        this.text += chunk.slice(start, this.prevI);
                    }
                    nonSpace = true;
                    // eslint-disable-next-line no-labels
                    break outRootLoop;
                case NL_LIKE:
                    if (handler !== undefined) {
                        this.text += `${chunk.slice(start, this.prevI)}\n`;
                    }
                    start = this.i;
                    break;
                case EOC:
                    if (handler !== undefined) {
                        this.text += chunk.slice(start);
                    }
                    // eslint-disable-next-line no-labels
                    break outRootLoop;
                default:
                    if (!isS(code)) {
                        nonSpace = true;
                    }
            }
        }
        if (!nonSpace) {
            return;
        }
        // We use the reportedTextBeforeRoot and reportedTextAfterRoot flags
        // to avoid reporting errors for every single character that is out of
        // place.
        if (!this.sawRoot && !this.reportedTextBeforeRoot) {
            this.fail("text data outside of root node.");
            this.reportedTextBeforeRoot = true;
        }
        if (this.closedRoot && !this.reportedTextAfterRoot) {
            this.fail("text data outside of root node.");
            this.reportedTextAfterRoot = true;
        }
    }
    pushAttribNS(name, value) {
        var _a;
        const { prefix, local } = this.qname(name);
        const attr = { name, prefix, local, value };
        this.attribList.push(attr);
        (_a = this.attributeHandler) === null || _a === void 0 ? void 0 : _a.call(this, attr);
        if (prefix === "xmlns") {
            const trimmed = value.trim();
            if (this.currentXMLVersion === "1.0" && trimmed === "") {
                this.fail("invalid attempt to undefine prefix in XML 1.0");
            }
            this.topNS[local] = trimmed;
            nsPairCheck(this, local, trimmed);
        }
        else if (name === "xmlns") {
            const trimmed = value.trim();
            this.topNS[""] = trimmed;
            nsPairCheck(this, "", trimmed);
        }
    }
    pushAttribPlain(name, value) {
        var _a;
        const attr = { name, value };
        this.attribList.push(attr);
        (_a = this.attributeHandler) === null || _a === void 0 ? void 0 : _a.call(this, attr);
    }
    /**
     * End parsing. This performs final well-formedness checks and resets the
     * parser to a clean state.
     *
     * @returns this
     */
    end() {
        var _a, _b;
        if (!this.sawRoot) {
            this.fail("document must contain a root element.");
        }
        const { tags } = this;
        while (tags.length > 0) {
            const tag = tags.pop();
            this.fail(`unclosed tag: ${tag.name}`);
        }
        if ((this.state !== S_BEGIN) && (this.state !== S_TEXT)) {
            this.fail("unexpected end.");
        }
        const { text } = this;
        if (text.length !== 0) {
            (_a = this.textHandler) === null || _a === void 0 ? void 0 : _a.call(this, text);
            this.text = "";
        }
        this._closed = true;
        (_b = this.endHandler) === null || _b === void 0 ? void 0 : _b.call(this);
        this._init();
        return this;
    }
    /**
     * Resolve a namespace prefix.
     *
     * @param prefix The prefix to resolve.
     *
     * @returns The namespace URI or ``undefined`` if the prefix is not defined.
     */
    resolve(prefix) {
        var _a, _b;
        let uri = this.topNS[prefix];
        if (uri !== undefined) {
            return uri;
        }
        const { tags } = this;
        for (let index = tags.length - 1; index >= 0; index--) {
            uri = tags[index].ns[prefix];
            if (uri !== undefined) {
                return uri;
            }
        }
        uri = this.ns[prefix];
        if (uri !== undefined) {
            return uri;
        }
        return (_b = (_a = this.opt).resolvePrefix) === null || _b === void 0 ? void 0 : _b.call(_a, prefix);
    }
    /**
     * Parse a qname into its prefix and local name parts.
     *
     * @param name The name to parse
     *
     * @returns
     */
    qname(name) {
        // This is faster than using name.split(":").
        const colon = name.indexOf(":");
        if (colon === -1) {
            return { prefix: "", local: name };
        }
        const local = name.slice(colon + 1);
        const prefix = name.slice(0, colon);
        if (prefix === "" || local === "" || local.includes(":")) {
            this.fail(`malformed name: ${name}.`);
        }
        return { prefix, local };
    }
    processAttribsNS() {
        var _a;
        const { attribList } = this;
        const tag = this.tag;
        {
            // add namespace info to tag
            const { prefix, local } = this.qname(tag.name);
            tag.prefix = prefix;
            tag.local = local;
            const uri = tag.uri = (_a = this.resolve(prefix)) !== null && _a !== void 0 ? _a : "";
            if (prefix !== "") {
                if (prefix === "xmlns") {
                    this.fail("tags may not have \"xmlns\" as prefix.");
                }
                if (uri === "") {
                    this.fail(`unbound namespace prefix: ${JSON.stringify(prefix)}.`);
                    tag.uri = prefix;
                }
            }
        }
        if (attribList.length === 0) {
            return;
        }
        const { attributes } = tag;
        const seen = new Set();
        // Note: do not apply default ns to attributes:
        //   http://www.w3.org/TR/REC-xml-names/#defaulting
        for (const attr of attribList) {
            const { name, prefix, local } = attr;
            let uri;
            let eqname;
            if (prefix === "") {
                uri = name === "xmlns" ? XMLNS_NAMESPACE : "";
                eqname = name;
            }
            else {
                uri = this.resolve(prefix);
                // if there's any attributes with an undefined namespace,
                // then fail on them now.
                if (uri === undefined) {
                    this.fail(`unbound namespace prefix: ${JSON.stringify(prefix)}.`);
                    uri = prefix;
                }
                eqname = `{${uri}}${local}`;
            }
            if (seen.has(eqname)) {
                this.fail(`duplicate attribute: ${eqname}.`);
            }
            seen.add(eqname);
            attr.uri = uri;
            attributes[name] = attr;
        }
        this.attribList = [];
    }
    processAttribsPlain() {
        const { attribList } = this;
        // eslint-disable-next-line prefer-destructuring
        const attributes = this.tag.attributes;
        for (const { name, value } of attribList) {
            if (attributes[name] !== undefined) {
                this.fail(`duplicate attribute: ${name}.`);
            }
            attributes[name] = value;
        }
        this.attribList = [];
    }
    /**
     * Handle a complete open tag. This parser code calls this once it has seen
     * the whole tag. This method checks for well-formeness and then emits
     * ``onopentag``.
     */
    openTag() {
        var _a;
        this.processAttribs();
        const { tags } = this;
        const tag = this.tag;
        tag.isSelfClosing = false;
        // There cannot be any pending text here due to the onopentagstart that was
        // necessarily emitted before we get here. So we do not check text.
        (_a = this.openTagHandler) === null || _a === void 0 ? void 0 : _a.call(this, tag);
        tags.push(tag);
        this.state = S_TEXT;
        this.name = "";
    }
    /**
     * Handle a complete self-closing tag. This parser code calls this once it has
     * seen the whole tag. This method checks for well-formeness and then emits
     * ``onopentag`` and ``onclosetag``.
     */
    openSelfClosingTag() {
        var _a, _b, _c;
        this.processAttribs();
        const { tags } = this;
        const tag = this.tag;
        tag.isSelfClosing = true;
        // There cannot be any pending text here due to the onopentagstart that was
        // necessarily emitted before we get here. So we do not check text.
        (_a = this.openTagHandler) === null || _a === void 0 ? void 0 : _a.call(this, tag);
        (_b = this.closeTagHandler) === null || _b === void 0 ? void 0 : _b.call(this, tag);
        const top = this.tag = (_c = tags[tags.length - 1]) !== null && _c !== void 0 ? _c : null;
        if (top === null) {
            this.closedRoot = true;
        }
        this.state = S_TEXT;
        this.name = "";
    }
    /**
     * Handle a complete close tag. This parser code calls this once it has seen
     * the whole tag. This method checks for well-formeness and then emits
     * ``onclosetag``.
     */
    closeTag() {
        const { tags, name } = this;
        // Our state after this will be S_TEXT, no matter what, and we can clear
        // tagName now.
        this.state = S_TEXT;
        this.name = "";
        if (name === "") {
            this.fail("weird empty close tag.");
            this.text += "</>";
            return;
        }
        const handler = this.closeTagHandler;
        let l = tags.length;
        while (l-- > 0) {
            const tag = this.tag = tags.pop();
            this.topNS = tag.ns;
            handler === null || handler === void 0 ? void 0 : handler(tag);
            if (tag.name === name) {
                break;
            }
            this.fail("unexpected close tag.");
        }
        if (l === 0) {
            this.closedRoot = true;
        }
        else if (l < 0) {
            this.fail(`unmatched closing tag: ${name}.`);
            this.text += `</${name}>`;
        }
    }
    /**
     * Resolves an entity. Makes any necessary well-formedness checks.
     *
     * @param entity The entity to resolve.
     *
     * @returns The parsed entity.
     */
    parseEntity(entity) {
        // startsWith would be significantly slower for this test.
        if (entity[0] !== "#") {
            const defined = this.ENTITIES[entity];
            if (defined !== undefined) {
                return defined;
            }
            this.fail(this.isName(entity) ? "undefined entity." :
                "disallowed character in entity name.");
            return `&${entity};`;
        }
        let num = NaN;
        if (entity[1] === "x" && /^#x[0-9a-f]+$/i.test(entity)) {
            num = parseInt(entity.slice(2), 16);
        }
        else if (/^#[0-9]+$/.test(entity)) {
            num = parseInt(entity.slice(1), 10);
        }
        // The character reference is required to match the CHAR production.
        if (!this.isChar(num)) {
            this.fail("malformed character entity.");
            return `&${entity};`;
        }
        return String.fromCodePoint(num);
    }
}
exports.wT = SaxesParser;
//# sourceMappingURL=saxes.js.map

/***/ }),

/***/ 6950:
/***/ ((__unused_webpack_module, exports) => {


/**
 * Character classes and associated utilities for the 5th edition of XML 1.0.
 *
 * @author Louis-Dominique Dubeau
 * @license MIT
 * @copyright Louis-Dominique Dubeau
 */
Object.defineProperty(exports, "__esModule", ({ value: true }));
//
// Fragments.
//
exports.CHAR = "\t\n\r -\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF";
exports.S = " \t\r\n";
// tslint:disable-next-line:max-line-length
exports.NAME_START_CHAR = ":A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\uD800\uDC00-\uDB7F\uDFFF";
exports.NAME_CHAR = "-" + exports.NAME_START_CHAR + ".0-9\u00B7\u0300-\u036F\u203F-\u2040";
//
// Regular expressions.
//
exports.CHAR_RE = new RegExp("^[" + exports.CHAR + "]$", "u");
exports.S_RE = new RegExp("^[" + exports.S + "]+$", "u");
exports.NAME_START_CHAR_RE = new RegExp("^[" + exports.NAME_START_CHAR + "]$", "u");
exports.NAME_CHAR_RE = new RegExp("^[" + exports.NAME_CHAR + "]$", "u");
exports.NAME_RE = new RegExp("^[" + exports.NAME_START_CHAR + "][" + exports.NAME_CHAR + "]*$", "u");
exports.NMTOKEN_RE = new RegExp("^[" + exports.NAME_CHAR + "]+$", "u");
var TAB = 9;
var NL = 0xA;
var CR = 0xD;
var SPACE = 0x20;
//
// Lists.
//
/** All characters in the ``S`` production. */
exports.S_LIST = [SPACE, NL, CR, TAB];
/**
 * Determines whether a codepoint matches the ``CHAR`` production.
 *
 * @param c The code point.
 *
 * @returns ``true`` if the codepoint matches ``CHAR``.
 */
function isChar(c) {
    return (c >= SPACE && c <= 0xD7FF) ||
        c === NL || c === CR || c === TAB ||
        (c >= 0xE000 && c <= 0xFFFD) ||
        (c >= 0x10000 && c <= 0x10FFFF);
}
exports.isChar = isChar;
/**
 * Determines whether a codepoint matches the ``S`` (space) production.
 *
 * @param c The code point.
 *
 * @returns ``true`` if the codepoint matches ``S``.
 */
function isS(c) {
    return c === SPACE || c === NL || c === CR || c === TAB;
}
exports.isS = isS;
/**
 * Determines whether a codepoint matches the ``NAME_START_CHAR`` production.
 *
 * @param c The code point.
 *
 * @returns ``true`` if the codepoint matches ``NAME_START_CHAR``.
 */
function isNameStartChar(c) {
    return ((c >= 0x41 && c <= 0x5A) ||
        (c >= 0x61 && c <= 0x7A) ||
        c === 0x3A ||
        c === 0x5F ||
        c === 0x200C ||
        c === 0x200D ||
        (c >= 0xC0 && c <= 0xD6) ||
        (c >= 0xD8 && c <= 0xF6) ||
        (c >= 0x00F8 && c <= 0x02FF) ||
        (c >= 0x0370 && c <= 0x037D) ||
        (c >= 0x037F && c <= 0x1FFF) ||
        (c >= 0x2070 && c <= 0x218F) ||
        (c >= 0x2C00 && c <= 0x2FEF) ||
        (c >= 0x3001 && c <= 0xD7FF) ||
        (c >= 0xF900 && c <= 0xFDCF) ||
        (c >= 0xFDF0 && c <= 0xFFFD) ||
        (c >= 0x10000 && c <= 0xEFFFF));
}
exports.isNameStartChar = isNameStartChar;
/**
 * Determines whether a codepoint matches the ``NAME_CHAR`` production.
 *
 * @param c The code point.
 *
 * @returns ``true`` if the codepoint matches ``NAME_CHAR``.
 */
function isNameChar(c) {
    return isNameStartChar(c) ||
        (c >= 0x30 && c <= 0x39) ||
        c === 0x2D ||
        c === 0x2E ||
        c === 0xB7 ||
        (c >= 0x0300 && c <= 0x036F) ||
        (c >= 0x203F && c <= 0x2040);
}
exports.isNameChar = isNameChar;
//# sourceMappingURL=ed5.js.map

/***/ }),

/***/ 4488:
/***/ ((__unused_webpack_module, exports) => {


/**
 * Character classes and associated utilities for the 2nd edition of XML 1.1.
 *
 * @author Louis-Dominique Dubeau
 * @license MIT
 * @copyright Louis-Dominique Dubeau
 */
Object.defineProperty(exports, "__esModule", ({ value: true }));
//
// Fragments.
//
exports.CHAR = "\u0001-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF";
exports.RESTRICTED_CHAR = "\u0001-\u0008\u000B\u000C\u000E-\u001F\u007F-\u0084\u0086-\u009F";
exports.S = " \t\r\n";
// tslint:disable-next-line:max-line-length
exports.NAME_START_CHAR = ":A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\uD800\uDC00-\uDB7F\uDFFF";
exports.NAME_CHAR = "-" + exports.NAME_START_CHAR + ".0-9\u00B7\u0300-\u036F\u203F-\u2040";
//
// Regular expressions.
//
exports.CHAR_RE = new RegExp("^[" + exports.CHAR + "]$", "u");
exports.RESTRICTED_CHAR_RE = new RegExp("^[" + exports.RESTRICTED_CHAR + "]$", "u");
exports.S_RE = new RegExp("^[" + exports.S + "]+$", "u");
exports.NAME_START_CHAR_RE = new RegExp("^[" + exports.NAME_START_CHAR + "]$", "u");
exports.NAME_CHAR_RE = new RegExp("^[" + exports.NAME_CHAR + "]$", "u");
exports.NAME_RE = new RegExp("^[" + exports.NAME_START_CHAR + "][" + exports.NAME_CHAR + "]*$", "u");
exports.NMTOKEN_RE = new RegExp("^[" + exports.NAME_CHAR + "]+$", "u");
var TAB = 9;
var NL = 0xA;
var CR = 0xD;
var SPACE = 0x20;
//
// Lists.
//
/** All characters in the ``S`` production. */
exports.S_LIST = [SPACE, NL, CR, TAB];
/**
 * Determines whether a codepoint matches the ``CHAR`` production.
 *
 * @param c The code point.
 *
 * @returns ``true`` if the codepoint matches ``CHAR``.
 */
function isChar(c) {
    return (c >= 0x0001 && c <= 0xD7FF) ||
        (c >= 0xE000 && c <= 0xFFFD) ||
        (c >= 0x10000 && c <= 0x10FFFF);
}
exports.isChar = isChar;
/**
 * Determines whether a codepoint matches the ``RESTRICTED_CHAR`` production.
 *
 * @param c The code point.
 *
 * @returns ``true`` if the codepoint matches ``RESTRICTED_CHAR``.
 */
function isRestrictedChar(c) {
    return (c >= 0x1 && c <= 0x8) ||
        c === 0xB ||
        c === 0xC ||
        (c >= 0xE && c <= 0x1F) ||
        (c >= 0x7F && c <= 0x84) ||
        (c >= 0x86 && c <= 0x9F);
}
exports.isRestrictedChar = isRestrictedChar;
/**
 * Determines whether a codepoint matches the ``CHAR`` production and does not
 * match the ``RESTRICTED_CHAR`` production. ``isCharAndNotRestricted(x)`` is
 * equivalent to ``isChar(x) && !isRestrictedChar(x)``. This function is faster
 * than running the two-call equivalent.
 *
 * @param c The code point.
 *
 * @returns ``true`` if the codepoint matches ``CHAR`` and does not match
 * ``RESTRICTED_CHAR``.
 */
function isCharAndNotRestricted(c) {
    return (c === 0x9) ||
        (c === 0xA) ||
        (c === 0xD) ||
        (c > 0x1F && c < 0x7F) ||
        (c === 0x85) ||
        (c > 0x9F && c <= 0xD7FF) ||
        (c >= 0xE000 && c <= 0xFFFD) ||
        (c >= 0x10000 && c <= 0x10FFFF);
}
exports.isCharAndNotRestricted = isCharAndNotRestricted;
/**
 * Determines whether a codepoint matches the ``S`` (space) production.
 *
 * @param c The code point.
 *
 * @returns ``true`` if the codepoint matches ``S``.
 */
function isS(c) {
    return c === SPACE || c === NL || c === CR || c === TAB;
}
exports.isS = isS;
/**
 * Determines whether a codepoint matches the ``NAME_START_CHAR`` production.
 *
 * @param c The code point.
 *
 * @returns ``true`` if the codepoint matches ``NAME_START_CHAR``.
 */
// tslint:disable-next-line:cyclomatic-complexity
function isNameStartChar(c) {
    return ((c >= 0x41 && c <= 0x5A) ||
        (c >= 0x61 && c <= 0x7A) ||
        c === 0x3A ||
        c === 0x5F ||
        c === 0x200C ||
        c === 0x200D ||
        (c >= 0xC0 && c <= 0xD6) ||
        (c >= 0xD8 && c <= 0xF6) ||
        (c >= 0x00F8 && c <= 0x02FF) ||
        (c >= 0x0370 && c <= 0x037D) ||
        (c >= 0x037F && c <= 0x1FFF) ||
        (c >= 0x2070 && c <= 0x218F) ||
        (c >= 0x2C00 && c <= 0x2FEF) ||
        (c >= 0x3001 && c <= 0xD7FF) ||
        (c >= 0xF900 && c <= 0xFDCF) ||
        (c >= 0xFDF0 && c <= 0xFFFD) ||
        (c >= 0x10000 && c <= 0xEFFFF));
}
exports.isNameStartChar = isNameStartChar;
/**
 * Determines whether a codepoint matches the ``NAME_CHAR`` production.
 *
 * @param c The code point.
 *
 * @returns ``true`` if the codepoint matches ``NAME_CHAR``.
 */
function isNameChar(c) {
    return isNameStartChar(c) ||
        (c >= 0x30 && c <= 0x39) ||
        c === 0x2D ||
        c === 0x2E ||
        c === 0xB7 ||
        (c >= 0x0300 && c <= 0x036F) ||
        (c >= 0x203F && c <= 0x2040);
}
exports.isNameChar = isNameChar;
//# sourceMappingURL=ed2.js.map

/***/ }),

/***/ 5699:
/***/ ((__unused_webpack_module, exports) => {


/**
 * Character class utilities for XML NS 1.0 edition 3.
 *
 * @author Louis-Dominique Dubeau
 * @license MIT
 * @copyright Louis-Dominique Dubeau
 */
Object.defineProperty(exports, "__esModule", ({ value: true }));
//
// Fragments.
//
// tslint:disable-next-line:max-line-length
exports.NC_NAME_START_CHAR = "A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\uD800\uDC00-\uDB7F\uDFFF";
exports.NC_NAME_CHAR = "-" + exports.NC_NAME_START_CHAR + ".0-9\u00B7\u0300-\u036F\u203F-\u2040";
//
// Regular expressions.
//
exports.NC_NAME_START_CHAR_RE = new RegExp("^[" + exports.NC_NAME_START_CHAR + "]$", "u");
exports.NC_NAME_CHAR_RE = new RegExp("^[" + exports.NC_NAME_CHAR + "]$", "u");
exports.NC_NAME_RE = new RegExp("^[" + exports.NC_NAME_START_CHAR + "][" + exports.NC_NAME_CHAR + "]*$", "u");
/**
 * Determines whether a codepoint matches [[NC_NAME_START_CHAR]].
 *
 * @param c The code point.
 *
 * @returns ``true`` if the codepoint matches.
 */
// tslint:disable-next-line:cyclomatic-complexity
function isNCNameStartChar(c) {
    return ((c >= 0x41 && c <= 0x5A) ||
        c === 0x5F ||
        (c >= 0x61 && c <= 0x7A) ||
        (c >= 0xC0 && c <= 0xD6) ||
        (c >= 0xD8 && c <= 0xF6) ||
        (c >= 0x00F8 && c <= 0x02FF) ||
        (c >= 0x0370 && c <= 0x037D) ||
        (c >= 0x037F && c <= 0x1FFF) ||
        (c >= 0x200C && c <= 0x200D) ||
        (c >= 0x2070 && c <= 0x218F) ||
        (c >= 0x2C00 && c <= 0x2FEF) ||
        (c >= 0x3001 && c <= 0xD7FF) ||
        (c >= 0xF900 && c <= 0xFDCF) ||
        (c >= 0xFDF0 && c <= 0xFFFD) ||
        (c >= 0x10000 && c <= 0xEFFFF));
}
exports.isNCNameStartChar = isNCNameStartChar;
/**
 * Determines whether a codepoint matches [[NC_NAME_CHAR]].
 *
 * @param c The code point.
 *
 * @returns ``true`` if the codepoint matches.
 */
function isNCNameChar(c) {
    return isNCNameStartChar(c) ||
        (c === 0x2D ||
            c === 0x2E ||
            (c >= 0x30 && c <= 0x39) ||
            c === 0x00B7 ||
            (c >= 0x0300 && c <= 0x036F) ||
            (c >= 0x203F && c <= 0x2040));
}
exports.isNCNameChar = isNCNameChar;
//# sourceMappingURL=ed3.js.map

/***/ }),

/***/ 2613:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");

/***/ }),

/***/ 181:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("buffer");

/***/ }),

/***/ 6982:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");

/***/ }),

/***/ 4434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 9896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 8611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 5692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ }),

/***/ 9278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 4589:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:assert");

/***/ }),

/***/ 6698:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:async_hooks");

/***/ }),

/***/ 4573:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");

/***/ }),

/***/ 1421:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");

/***/ }),

/***/ 7540:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:console");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 3053:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:diagnostics_channel");

/***/ }),

/***/ 610:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dns");

/***/ }),

/***/ 8474:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");

/***/ }),

/***/ 3024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 1455:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");

/***/ }),

/***/ 7067:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");

/***/ }),

/***/ 2467:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http2");

/***/ }),

/***/ 4708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");

/***/ }),

/***/ 7030:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");

/***/ }),

/***/ 8161:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");

/***/ }),

/***/ 6760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 643:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:perf_hooks");

/***/ }),

/***/ 1792:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:querystring");

/***/ }),

/***/ 481:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:readline");

/***/ }),

/***/ 7075:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 6466:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/promises");

/***/ }),

/***/ 8500:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");

/***/ }),

/***/ 1692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");

/***/ }),

/***/ 3136:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");

/***/ }),

/***/ 7975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 3429:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util/types");

/***/ }),

/***/ 5919:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:worker_threads");

/***/ }),

/***/ 8522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 857:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");

/***/ }),

/***/ 6928:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");

/***/ }),

/***/ 932:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("process");

/***/ }),

/***/ 2203:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("stream");

/***/ }),

/***/ 3193:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("string_decoder");

/***/ }),

/***/ 4756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 9023:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 3106:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("zlib");

/***/ }),

/***/ 4128:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _shared_runner_run_action__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4310);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(758);
/* harmony import */ var _security_gate_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9133);



await (0,_shared_runner_run_action__WEBPACK_IMPORTED_MODULE_0__/* .runAction */ .C)(_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .action */ .X, _security_gate_js__WEBPACK_IMPORTED_MODULE_2__/* .securityGate */ .K);

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 758:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  X: () => (/* binding */ inputs_action)
});

// EXTERNAL MODULE: ./build/shared/runner/action.js
var action = __nccwpck_require__(8781);
// EXTERNAL MODULE: ./build/shared/runner/field-parsers.js
var field_parsers = __nccwpck_require__(382);
// EXTERNAL MODULE: ./build/shared/core/duration.js
var duration = __nccwpck_require__(2520);
// EXTERNAL MODULE: ./build/shared/core/errors.js
var errors = __nccwpck_require__(9115);
// EXTERNAL MODULE: ./build/shared/core/size.js
var size = __nccwpck_require__(4153);
// EXTERNAL MODULE: ./build/shared/runner/yaml-text.js
var yaml_text = __nccwpck_require__(5430);
;// CONCATENATED MODULE: ./build/shared/runner/fields.js






/** A line of text, or several with `multiline`; control characters are refused. Surrounding blanks are dropped. */
function fields_text(options) {
    const isMultiline = options.multiline === true;
    const accepts = options.accepts ?? (isMultiline ? 'text without control characters' : 'one line of text without control characters');
    return optional('text', accepts, options, (given) => (0,field_parsers/* plainText */.wh)(given, accepts, isMultiline));
}
/** A value that is masked before anything is printed, and reaches the code as a Secret. */
function secret(options) {
    return optional('secret', 'text without NUL bytes', options, field_parsers/* secretText */.yD);
}
/** One of a few words. */
function choice(options) {
    const accepts = `one of ${options.options.join(', ')}`;
    return optional('choice', accepts, options, (given) => choiceOf(options.options, given, accepts));
}
/** A whole number in decimal digits. */
function integer(options) {
    const { min = 0, max = Number.MAX_SAFE_INTEGER } = options;
    const accepts = `a whole number ${max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`}`;
    return optional('integer', accepts, options, (given) => (0,field_parsers/* integerIn */.wo)(min, max, given, accepts));
}
/** A percentage, as the number of percent. */
function percentage(options) {
    return optional('percentage', PERCENTAGE, options, parsePercentage);
}
/** A time span with its unit, as milliseconds. */
function fields_duration(options) {
    const accepts = `a duration with its unit, such as 90s or 5m${rangeOf(options)}`;
    const parse = (given) => (0,field_parsers/* withinRange */.R3)(duration/* parseDuration */.E, options, given, accepts);
    return optional('duration', accepts, options, parse);
}
/** A size with its unit, as bytes. */
function fields_size(options) {
    const accepts = `a size with its unit, such as 64KiB or 2GiB${rangeOf(options)}`;
    const parse = (given) => withinRange(parseSize, options, given, accepts);
    return optional('size', accepts, options, parse);
}
/** true or false; false when nothing is said. */
function flag(options) {
    return field('flag', 'true or false', options, (given) => (0,field_parsers/* flagOf */.iP)(given), false);
}
/** A YAML list, or one value a line; empty when nothing is said. */
function lines(options) {
    return field('lines', 'a YAML list, or one value per line', options, yaml_text/* parseLines */.L, []);
}
/** YAML that `parser` turns into a value; the parser throws UserError naming the place and what belongs there. */
function structure(options) {
    const parse = async (given) => options.parser(await parseYaml(given));
    return optional('structure', options.accepts ?? 'YAML', options, parse);
}
function optional(kind, accepts, options, parse) {
    return field(kind, accepts, options, parse, undefined);
}
function field(kind, accepts, options, parse, absent) {
    const { description, required = false, env, example, default: standIn } = options;
    const checked = async (given) => {
        const value = await parse(given);
        const complaint = await options.check?.(value);
        if (complaint !== undefined)
            throw new errors/* UserError */.y(complaint);
        return value;
    };
    return {
        kind, description, required, accepts, absent, parse: checked,
        ...(standIn !== undefined && { default: standIn }), ...(env !== undefined && { env }), ...(example !== undefined && { example }),
    };
}
function rangeOf({ min, max }) {
    if (min !== undefined && max !== undefined)
        return `, from ${min} to ${max}`;
    if (min !== undefined)
        return `, at least ${min}`;
    return max === undefined ? '' : `, at most ${max}`;
}

// EXTERNAL MODULE: ./build/shared/scanners/defaults.js
var defaults = __nccwpck_require__(6806);
// EXTERNAL MODULE: ./build/shared/scanners/scan.js + 10 modules
var scan = __nccwpck_require__(5569);
;// CONCATENATED MODULE: ./build/actions/security-gate/src/inputs.js





const digests = (given) => (given.every((one) => /^(?:\S+@)?sha256:[0-9a-f]{64}$/.test(one)) ? undefined : 'accepted are digests, sha256: and 64 digits, with or without the image before an @');
const fields = {
    stage: fields_text({ description: 'Stage of the policy that is asked to open: pre-commit, build, staging, production, dast-weekly, preview, or one of your own.', required: true, example: 'build' }),
    reports: lines({
        description: 'Reports of scanners: files, folders, or patterns such as `reports/**/*.json`. They are known by their content; `gitleaks=reports/leaks.json` says which tool one has to be of. What is named here and is not there, is damaged or is no report, closes the gate.',
        example: 'reports/',
    }),
    scan: lines({
        description: 'Scanners to run now, whose reports are read with the others: trivy, gitleaks, grype, osv-scanner, trufflehog (installed as pinned here), bandit, semgrep, pip-audit, npm audit (from PATH).', example: 'trivy fs .',
        check: (0,field_parsers/* mistakeOf */.Wl)((given) => (0,scan.readScans)(given)),
    }),
    'scan-timeout': fields_duration({ description: 'How long one scan may take.', default: '10m', min: '1s' }),
    'scanner-minimum-age': fields_duration({ description: 'How long a scanner\'s release must have been out before it is installed.', default: '14d' }),
    'scanner-mirror': fields_text({ description: 'Mirror of https://github.com for releases of scanners; no other host is asked then.', check: (0,field_parsers/* mistakeOf */.Wl)((given) => (0,defaults.sourceOf)(given)) }),
    'scanner-offline': flag({ description: 'Download nothing: scanners come from PATH or the tool cache, and use the databases that are there.' }),
    policy: fields_text({ description: 'File with your policy. Without one, the built-in policy is in force (`examples/security/policy.yml`).', example: '.github/security-policy.yml' }),
    waivers: fields_text({ description: 'File with waivers and sign-offs.', example: '.github/security-waivers.yml' }),
    'ignore-files': lines({ description: 'Ignore files of scanners, to be followed for the findings of that scanner, and shown: .trivyignore, .trivyignore.yaml, osv-scanner.toml, .grype.yaml, suppression files of Dependency-Check.', example: '.trivyignore' }),
    vex: lines({ description: 'VEX documents (OpenVEX, CycloneDX): files or patterns.', example: 'security/*.openvex.json' }),
    products: lines({ description: 'What VEX documents call what you ship, where they speak of packages within a product: purls, image names. The digests of `digest` are among them.', example: 'pkg:oci/shop' }),
    baseline: lines({ description: 'What is not new: reports of the merge base, or the `report` of an earlier decision; files or patterns. Where there is none, everything is new.', example: 'baseline/decision.json' }),
    'kev-file': fields_text({ description: 'CISA\'s catalogue of known exploited vulnerabilities, JSON or CSV, for rules that ask for `kev`.' }),
    'epss-file': fields_text({ description: 'FIRST\'s EPSS scores, CSV, also gzipped, for rules that ask for `epss`.' }),
    commit: fields_text({ description: 'Commit that reports have to be of, where they tell. The run\'s own, and the head of its pull request, if left out.', check: (given) => (/^[0-9a-f]{7,64}$/i.test(given) ? undefined : 'accepted is a commit\'s hash') }),
    digest: lines({ description: 'Digests of the images that reports have to be of, where they tell.', check: digests, example: '${{ steps.build.outputs.digest }}' }),
    'sign-off': fields_text({ description: 'Output `findings-hash` of the job before the approval, where the environment of this job is the sign-off.', check: (given) => (/^sha256:[0-9a-f]{64}$/.test(given) ? undefined : 'accepted is the output findings-hash of an earlier job') }),
    'sign-off-environment': fields_text({ description: 'Environment whose approval in this run is the sign-off. Needs `github-token` with actions: read.', example: 'security-sign-off' }),
    explain: fields_text({ description: 'Tell in the log why a finding counts as it does: an advisory, a rule, a package, a path or a key.', example: 'CVE-2026-1234' }),
    name: fields_text({ description: 'Name of this gate, where a pull request has several of one stage.', check: (given) => (/^[\w. -]{1,60}$/.test(given) ? undefined : 'accepted are letters, digits, dots, dashes and blanks') }),
    comment: flag({ description: 'Tell the decision in a comment on the pull request, which later runs change. Needs `github-token` with pull-requests: write; without it, as on pull requests from forks, there is none.' }),
    'pull-request': integer({ description: 'Number of the pull request for `comment`. The one that started the run if left out.', min: 1 }),
    'github-token': secret({ description: 'Token for `comment`, for the review that brought a waiver, and for the approval of an environment. No decision needs one.', example: '${{ github.token }}' }),
    'secret-key': secret({ description: 'Key by which secrets that scanners found are named in reports and baselines, so that nobody can try out values against these names. Made of the repository\'s name if left out.' }),
    'output-folder': fields_text({ description: 'Where decision and SARIF are written. A folder in RUNNER_TEMP if left out; on a terminal nothing is written then.' }),
    timeout: fields_duration({ description: 'How long all of it may take.', default: '10m', min: '1s' }),
};
/** Everything that security-gate takes and puts out. */
const inputs_action = (0,action/* defineAction */.Q)({
    name: 'security-gate',
    title: 'Slipway security gate',
    description: 'One policy for all stages over every scanner\'s report. It fails closed: a report that is missing, empty, damaged, failed, stale or of another commit is never a pass. Every decision is explained.',
    branding: { icon: 'shield', color: 'green' },
    commandLine: 'reports',
    inputs: fields,
    outputs: {
        verdict: '`pass`, `fail` (findings block) or `inconclusive` (evidence is missing), also where the stage is report-only and passes all the same.',
        blocking: 'How many findings block.',
        critical: 'How many findings are critical, set aside by suppressions or VEX not counted.',
        high: 'How many are high.',
        medium: 'How many are medium.',
        low: 'How many are low.',
        info: 'How many are informational.',
        unknown: 'Of how many no severity is known.',
        new: 'How many are not in the baseline.',
        waived: 'How many would block and have a waiver.',
        'findings-hash': 'Name of the exact set of findings that a sign-off would have to be for; empty where none is wanted.',
        report: 'The decision as JSON: a file that a later run takes as `baseline`.',
        sarif: 'All findings merged into one SARIF file within GitHub\'s limits. Empty where evidence is missing: uploaded, it would close the alerts of the scanner that failed.',
    },
    check: ({ signOff, signOffEnvironment, githubToken, baseline, reports, scan }) => [
        ...((signOff === undefined) === (signOffEnvironment === undefined) ? [] : ['sign-off and sign-off-environment belong together: the set of findings, and whose approval is for it']),
        ...(signOffEnvironment !== undefined && githubToken === undefined ? ['github-token is missing: only GitHub knows who approved sign-off-environment'] : []),
        ...baseline.filter((one) => reports.includes(one)).map((one) => `baseline: ${one} is among the reports, and nothing would ever be new`),
        ...(reports.length + scan.length === 0 ? ['reports and scan are both empty: no report is no evidence'] : []),
    ],
});


/***/ }),

/***/ 9133:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  K: () => (/* binding */ securityGate)
});

// EXTERNAL MODULE: ./build/shared/core/errors.js
var errors = __nccwpck_require__(9115);
;// CONCATENATED MODULE: ./build/shared/core/verdict.js
/** The verdict over many: one failure fails, one gap in the evidence is inconclusive, and nothing at all is inconclusive. */
function overall(verdicts) {
    if (verdicts.includes('fail'))
        return 'fail';
    return verdicts.length > 0 && verdicts.every((verdict) => verdict === 'pass') ? 'pass' : 'inconclusive';
}

;// CONCATENATED MODULE: ./build/shared/findings/severity.js
/** Severities, the worst first. `unknown` is a class of its own, never a low one: where it counts, the policy says how. */
const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info', 'unknown'];
const WORDS = {
    critical: 'critical', blocker: 'critical', urgent: 'critical', defcon1: 'critical',
    high: 'high', important: 'high', major: 'high', error: 'high',
    medium: 'medium', moderate: 'medium', warning: 'medium',
    low: 'low', minor: 'low', note: 'low',
    info: 'info', informational: 'info', information: 'info', negligible: 'info', none: 'info',
};
/** The severity a word stands for, in the meaning most tools share; `unknown` for any other word. Tools that mean something else have a table of their own. */
function severityOfWord(word) {
    const key = word.trim().toLowerCase();
    return Object.hasOwn(WORDS, key) ? WORDS[key] ?? 'unknown' : 'unknown';
}
/**
 * The severity of a CVSS base score by FIRST's table; `unknown` for what is no score. Version 2 has no critical.
 * https://www.first.org/cvss/v3-1/specification-document#Qualitative-Severity-Rating-Scale
 */
function severityOfScore(score, version = 3) {
    if (!(score >= 0 && score <= 10))
        return 'unknown';
    if (score >= 9 && version > 2)
        return 'critical';
    if (score >= 7)
        return 'high';
    if (score >= 4)
        return 'medium';
    return score > 0 ? 'low' : 'info';
}
/** Below 0 when `a` is worse than `b`: an order for sorting, the worst first, unknown last. */
function compareSeverity(a, b) {
    return SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b);
}
/** The worst of some severities; `unknown` only when none is known. */
function worst(severities) {
    return severities.reduce((a, b) => (compareSeverity(a, b) <= 0 ? a : b), 'unknown');
}

// EXTERNAL MODULE: ./build/shared/policy/exemption.js
var exemption = __nccwpck_require__(6936);
;// CONCATENATED MODULE: ./build/shared/policy/baseline.js

/** Whether a finding is new against the baseline, or worse than there; without a baseline everything is new. A new finding is first seen now. */
function standingOf(finding, severity, baseline, now) {
    const known = finding.keys.map((key) => baseline?.known.get(key)).filter((one) => one !== undefined);
    const seen = [...known.map(({ firstSeen }) => firstSeen), finding.firstSeen, ...finding.sources.map(({ firstSeen }) => firstSeen)].filter(isMoment).toSorted((one, other) => Date.parse(one) - Date.parse(other));
    const isNew = known.every((before) => isWorse(severity, before.severity));
    return { isNew, firstSeen: seen[0] ?? (baseline !== undefined && known.length === 0 ? now.toISOString() : undefined) };
}
/** A baseline out of findings. */
function baselineOf(findings, of) {
    return { of, known: new Map([...findings].flatMap(({ keys, severity, firstSeen }) => keys.map((key) => [key, { severity, firstSeen }]))) };
}
/** The baseline that a stored decision holds, or undefined where the value is none. */
function storedBaseline(value) {
    if (!isObject(value) || value['format'] !== DECISION_FORMAT || !isObject(value['known']) || typeof value['decidedAt'] !== 'string')
        return undefined;
    const entries = Object.entries(value['known']).map(([key, known]) => [key, parseKnown(known)]);
    if (entries.some(([, known]) => known === undefined))
        return undefined;
    const commit = typeof value['commit'] === 'string' ? value['commit'].slice(0, 12) : '';
    return { known: new Map(entries), of: [commit, value['decidedAt'].slice(0, 10)].filter(Boolean).join(', ') };
}
/** The `format` of a decision's JSON: a later one that reads otherwise has another number. */
const DECISION_FORMAT = 'slipway-security-decision/1';
function parseKnown(value) {
    const [severity, firstSeen] = Array.isArray(value) ? value : [];
    const found = SEVERITIES.find((one) => one === severity);
    return found === undefined ? undefined : { severity: found, firstSeen: typeof firstSeen === 'string' ? firstSeen : undefined };
}
// To and from an unknown severity nobody can tell whether it rose: it counts as a rise, but for those that turn out to be medium or less.
function isWorse(now, before) {
    if (now === 'unknown' || before === 'unknown')
        return now !== before && (now === 'unknown' || compareSeverity(now, 'high') <= 0);
    return compareSeverity(now, before) < 0;
}
function isMoment(text) {
    return text !== undefined && !Number.isNaN(Date.parse(text));
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

;// CONCATENATED MODULE: ./build/shared/policy/facts.js


/** No feed. */
const NO_FEEDS = { kev: undefined, epss: undefined };
/** All that rules ask about a finding. */
function factsOf(finding, { severityFrom, takesSuppressions, baseline, feeds, now }) {
    const { severity, by } = countingSeverity(finding, severityFrom, takesSuppressions);
    const scores = [finding.epss, ...finding.sources.map(({ epss }) => epss), ...finding.aliases.map((alias) => feeds.epss?.get(alias.toUpperCase()))].filter((score) => score !== undefined);
    return {
        finding, severity, severityFrom: by, ...standingOf(finding, severity, baseline, now),
        isSecret: finding.kinds.includes('secrets') || finding.sources.some(({ kind, secretHash }) => kind === 'secrets' || secretHash !== undefined),
        isKev: finding.knownExploited === true || finding.sources.some(({ knownExploited }) => knownExploited === true) || finding.aliases.some((alias) => feeds.kev?.has(alias.toUpperCase())),
        epss: scores.length === 0 ? undefined : Math.max(...scores),
    };
}
// A ranked source that says "unknown" has not spoken.
function countingSeverity(finding, ranking, takesSuppressions) {
    const open = finding.sources.filter(({ suppressedBy }) => suppressedBy === undefined);
    const counted = takesSuppressions && open.length > 0 ? open : finding.sources;
    const claims = counted.flatMap(({ tool, claims: said }) => said.map(({ severity, source }) => ({ severity, names: [tool, source?.toLowerCase()] })));
    for (const name of ranking) {
        const severity = worst(claims.filter(({ names }) => names.includes(name)).map((claim) => claim.severity));
        if (severity !== 'unknown')
            return { severity, by: name };
    }
    return { severity: worst([finding.severity, ...counted.map(({ severity }) => severity)]), by: undefined };
}

// EXTERNAL MODULE: ./build/shared/core/duration.js
var duration = __nccwpck_require__(2520);
;// CONCATENATED MODULE: ./build/shared/findings/evidence.js

/** What a report is worth as evidence. Only `ok` lets a stage pass. */
const EVIDENCE_STATUSES = (/* unused pure expression or super */ null && (['ok', 'missing', 'empty', 'unreadable', 'wrong tool', 'scanner failed', 'incomplete', 'stale', 'wrong subject', 'nothing scanned']));
const FAULTS = { missing: 'missing', empty: 'empty', unreadable: 'unreadable', unrecognised: 'unreadable' };
// Clocks of two machines differ; a report an hour ahead is of another clock, or another day.
const CLOCK_TOLERANCE = 3_600_000;
const SHORTEST_COMMIT = 7;
/** What a report is worth, by all its own signs and by what was expected of it. */
function evidenceOf(report, expected) {
    const [status, reason] = judges.map((judge) => judge(report, expected)).find((lack) => lack !== undefined) ?? ['ok', ''];
    return { path: report.path, tools: report.tools, kinds: report.kinds, status, reason, remarks: remarksOf(report, expected) };
}
// In the order in which a person would have to mend them.
const judges = [
    faulty, ofAnotherTool, ({ signs }) => first('scanner failed', signs.failures), nothingScanned, ({ signs }, { takesIncomplete }) => (takesIncomplete ? undefined : first('incomplete', signs.gaps)),
    unsure, stale, staleDatabase, ofAnotherSubject,
];
function faulty({ fault }, { tool }) {
    if (fault === undefined)
        return undefined;
    if (fault.kind === 'unrecognised' && tool !== undefined)
        return ['wrong tool', `It is no report of ${tool}: ${fault.reason}`];
    return [FAULTS[fault.kind], fault.reason];
}
function ofAnotherTool({ tools, format }, { tool }) {
    return tool === undefined || tools.includes(tool) || format === tool ? undefined : ['wrong tool', `It was to be of ${tool}, and is of ${tools.join(', ') || 'no tool that is known'}.`];
}
function nothingScanned({ signs: { nothingScanned: signs, scanned } }) {
    return scanned?.count === 0 ? ['nothing scanned', `It scanned 0 ${scanned.of}.`] : first('nothing scanned', signs);
}
// A reader that lost its way without saying so must not read as a clean scan.
function unsure({ tools, kinds }) {
    return tools.length === 0 || kinds.length === 0 ? ['unreadable', 'It does not tell which tool made it.'] : undefined;
}
function stale({ signs: { createdAt } }, { maxAge, now }) {
    return tooOld('It was made', createdAt, maxAge, now) ?? (createdAt === undefined && maxAge !== undefined ? ['stale', `It does not tell when it was made, and may be ${(0,duration/* formatDuration */.a)(maxAge)} old at most.`] : undefined);
}
function staleDatabase({ signs: { databaseAt } }, { maxDatabaseAge, now }) {
    return tooOld('Its vulnerability database was made', databaseAt, maxDatabaseAge, now);
}
function tooOld(what, at, maxAge, now) {
    if (at === undefined)
        return undefined;
    const time = Date.parse(at);
    if (Number.isNaN(time))
        return maxAge === undefined ? undefined : ['stale', `${what} at no time that can be read.`];
    const age = now.getTime() - time;
    if (age < -CLOCK_TOLERANCE)
        return ['stale', `${what} in the future, at ${at}: one of the clocks is wrong.`];
    if (maxAge === undefined || age <= maxAge)
        return undefined;
    return ['stale', `${what} ${(0,duration/* formatDuration */.a)(age)} ago, and may be ${(0,duration/* formatDuration */.a)(maxAge)} old at most. Scan again.`];
}
function ofAnotherSubject({ signs: { subject } }, { commits, digests, needsSubject }) {
    const [ofCommit, ofDigest] = [isOurs(subject.commits, commits, sameCommit), isOurs(subject.digests, digests, (one, other) => one === other)];
    if (ofCommit === 'no')
        return ['wrong subject', `It is of commit ${subject.commits.map(shortened).join(', ')}, and not of ${commits.map(shortened).join(' or ')}.`];
    if (ofDigest === 'no')
        return ['wrong subject', `It is of image ${subject.digests.map(shortened).join(', ')}, and not of ${digests.map(shortened).join(' or ')}.`];
    if (needsSubject && ofCommit !== 'yes' && ofDigest !== 'yes')
        return ['wrong subject', 'It does not tell which commit or image it is of, as this stage asks.'];
    return undefined;
}
function isOurs(told, ours, isSame) {
    if (told.length === 0 || ours.length === 0)
        return 'untold';
    return told.some((one) => ours.some((other) => isSame(one.toLowerCase(), other.toLowerCase()))) ? 'yes' : 'no';
}
function sameCommit(one, other) {
    const length = Math.min(one.length, other.length);
    return length >= SHORTEST_COMMIT && one.slice(0, length) === other.slice(0, length);
}
function shortened(name) {
    return name.replace(/^(sha256:)?([0-9a-f]{12})[0-9a-f]+$/i, '$1$2');
}
function first(status, [sentence, ...others]) {
    if (sentence === undefined)
        return undefined;
    return [status, others.length === 0 ? sentence : `${sentence} (and ${others.length} more)`];
}
function remarksOf({ signs: { scanned, createdAt, gaps, remarks }, toolVersion }, { takesIncomplete }) {
    return [
        ...(toolVersion === undefined ? [] : [`version ${toolVersion}`]), ...(scanned === undefined ? [] : [`${scanned.count} ${scanned.of}`]), ...(createdAt === undefined ? [] : [`made ${createdAt}`]),
        ...(takesIncomplete ? gaps : []), ...remarks,
    ];
}

;// CONCATENATED MODULE: ./build/shared/policy/require.js


/** What each report is worth, and what the stage asks for and nobody brought. */
function evidenceFor({ reports, stage, target, now }) {
    const found = reports.map(({ report, tool }) => evidenceOf(report, { ...target, ...strictest(report, stage), tool, maxDatabaseAge: stage.maxDatabaseAge, needsSubject: stage.needsSubject, now }));
    return [...found, ...stage.require.flatMap((requirement) => lacksOf(requirement, found))];
}
/** What rules ask of files that are not there, or too old. */
function feedEvidence({ stage, feeds, feedsAt, policy: { maxFeedAge }, now }) {
    const asked = [
        { name: 'kev', isAsked: stage.block.some(({ kev }) => kev !== undefined), isThere: feeds.kev !== undefined, at: feedsAt.kev },
        { name: 'epss', isAsked: stage.block.some(({ epss }) => epss !== undefined), isThere: feeds.epss !== undefined, at: feedsAt.epss },
    ];
    return asked.filter(({ isAsked }) => isAsked).map(({ name, isThere, at }) => {
        const common = { path: `${name}-file`, tools: [], kinds: [], remarks: at === undefined ? [] : [`made ${at.toISOString()}`] };
        if (!isThere)
            return { ...common, status: 'missing', reason: `A rule of the stage asks for ${name.toUpperCase()}: give ${name}-file.` };
        const age = at === undefined ? undefined : now.getTime() - at.getTime();
        if (age === undefined || !(age <= maxFeedAge))
            return { ...common, status: 'stale', reason: age === undefined ? 'It does not tell when it was made.' : `It was made ${(0,duration/* formatDuration */.a)(age)} ago, and may be ${(0,duration/* formatDuration */.a)(maxFeedAge)} old at most.` };
        return { ...common, status: 'ok', reason: '' };
    });
}
// A report that serves two requirements has to meet both.
function strictest({ kinds }, stage) {
    const asked = stage.require.filter(({ kind }) => kinds.includes(kind));
    const ages = asked.map(({ maxAge }) => maxAge ?? stage.maxAge).filter((age) => age !== undefined);
    return { maxAge: ages.length > 0 ? Math.min(...ages) : stage.maxAge, takesIncomplete: asked.length > 0 && asked.every(({ takesIncomplete }) => takesIncomplete) };
}
function lacksOf({ kind, tools }, found) {
    const ofKind = found.filter(({ kinds }) => kinds.includes(kind));
    const missing = (path, names, reason) => ({ path, tools: names, kinds: [kind], status: 'missing', reason, remarks: [] });
    if (tools.length === 0)
        return ofKind.length > 0 ? [] : [missing(kind, [], `The stage asks for a report of kind ${kind}, and none was given.`)];
    const absent = tools.filter((tool) => !ofKind.some((evidence) => evidence.tools.includes(tool)));
    return absent.map((tool) => missing(`${kind}: ${tool}`, [tool], `The stage asks for a report of ${tool}, and none was given.`));
}

// EXTERNAL MODULE: ./build/shared/policy/pattern.js
var policy_pattern = __nccwpck_require__(5361);
;// CONCATENATED MODULE: ./build/shared/policy/rule.js



/** Why a finding does not meet a rule: the first condition that it fails, as a sentence; undefined when it meets all. */
function unmet(rule, facts, now) {
    for (const condition of conditions) {
        const reason = condition(rule, facts, now);
        if (reason !== undefined)
            return reason;
    }
    return undefined;
}
/** Whether a severity is at least as bad as another; unknown is as bad as unknown alone. */
function isAtLeast(severity, threshold) {
    if (severity === 'unknown' || threshold === 'unknown')
        return severity === threshold;
    return compareSeverity(severity, threshold) <= 0;
}
const conditions = [
    ({ severity: threshold }, { severity }) => (threshold === undefined || isAtLeast(severity, threshold) ? undefined : threshold === 'unknown' ? `its severity is known: ${severity}` : `${severity} is not ${threshold} or worse`),
    ({ kinds }, { finding }) => among(kinds, finding.kinds, 'kinds'),
    ({ tools }, { finding }) => among(tools?.map((tool) => tool.toLowerCase()), finding.tools, 'tools'),
    ({ packages }, { finding }) => fitting(packages, packageNames(finding), 'package', policy_pattern/* fitsName */.g),
    ({ paths }, { finding }) => fitting(paths, finding.sources.flatMap(({ location }) => location?.path ?? []), 'path', policy_pattern/* fitsPath */.i),
    ({ licences }, { finding }) => fitting(licences, finding.sources.flatMap(({ licence, kind, rule }) => [licence, kind === 'licence' ? rule : undefined]).filter((name) => name !== undefined), 'licence', policy_pattern/* fitsName */.g),
    ({ scope }, { finding }) => (scope === undefined || finding.sources.some((source) => (source.scope ?? scope) === scope) ? undefined : `it is not a ${scope} dependency`),
    ({ fixable }, { finding }) => differing(fixable, finding.fixedIn.length > 0, 'a version without it is known', 'no version without it is known'),
    ({ kev }, { isKev }) => differing(kev, isKev, 'it is known to be exploited', 'it is not known to be exploited'),
    unlikelyExploited,
    tooYoung,
    ({ new: wanted }, { isNew }) => differing(wanted, isNew, 'it is new', 'the baseline has it'),
];
/** The names by which a package may be called: its own, with its version, its purls. */
function packageNames(finding) {
    const all = [finding, ...finding.sources].flatMap(({ package: one }) => (one === undefined ? [] : [one.name, ...(one.version === undefined ? [] : [`${one.name}@${one.version}`]), ...(one.purl === undefined ? [] : [one.purl, one.purl.replace(/[?#].*$/, ''), one.purl.replace(/@[^/]*$/, '')])]));
    return [...new Set(all)];
}
function among(wanted, found, what) {
    return wanted === undefined || found.some((one) => wanted.includes(one)) ? undefined : `its ${what} are ${found.join(', ')}`;
}
function fitting(patterns, names, what, fits) {
    if (patterns === undefined || patterns.some((pattern) => names.some((name) => fits(pattern, name))))
        return undefined;
    return names.length === 0 ? `it has no ${what}` : `its ${what} is ${names[0]}`;
}
function differing(wanted, is, positive, negative) {
    return wanted === undefined || wanted === is ? undefined : is ? positive : negative;
}
// Only advisories are scored; one that has no score yet may be the newest of all.
function unlikelyExploited({ epss: threshold }, { epss, finding }) {
    if (threshold === undefined)
        return undefined;
    if (epss !== undefined)
        return epss >= threshold ? undefined : `its EPSS is ${epss}, below ${threshold}`;
    return finding.aliases.length > 0 ? undefined : 'it is no advisory, and EPSS scores nothing else';
}
function tooYoung({ olderThan }, { firstSeen }, now) {
    if (olderThan === undefined || firstSeen === undefined)
        return undefined;
    const age = Math.max(0, now.getTime() - Date.parse(firstSeen));
    return age > olderThan ? undefined : `it has been known for ${(0,duration/* formatDuration */.a)(age)}, and the rule is about more than ${(0,duration/* formatDuration */.a)(olderThan)}`;
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
;// CONCATENATED MODULE: ./build/shared/policy/sign-off.js

/** The name of an exact set of findings: another finding, another version of its package, or another severity makes another name. */
function findingsHash(stage, findings) {
    const lines = findings.map(({ finding, severity }) => JSON.stringify([[...finding.keys].sort(), severity, finding.package?.version ?? ''])).sort();
    return `sha256:${(0,external_node_crypto_.createHash)('sha256').update(['slipway-findings/1', stage, ...lines].join('\n')).digest('hex')}`;
}

;// CONCATENATED MODULE: ./build/shared/policy/day.js

/** Milliseconds of a day. */
const DAY = 86_400_000;
/** The beginning, in UTC, of a day such as 2026-12-01. @throws {UserError} on any other text and on days that no calendar has. */
function parseDay(text) {
    const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : new Date(Number.NaN);
    // 2026-02-30 would be read as 2 March.
    if (Number.isNaN(day.getTime()) || dayText(day) !== text)
        throw new errors/* UserError */.y('accepted is a day such as 2026-12-01');
    return day;
}
/** A moment as its day in UTC, 2026-12-01. */
function dayText(day) {
    return day.toISOString().slice(0, 10);
}

// EXTERNAL MODULE: ./build/shared/policy/naming.js
var naming = __nccwpck_require__(8255);
;// CONCATENATED MODULE: ./build/shared/policy/waiving.js






/** Whether a waiver is about a finding: by name, package and every place of it. It says nothing of whether the waiver holds. */
function isAbout(waiver, finding) {
    const { finding: name, package: wanted, paths } = waiver;
    if (name !== undefined && !(0,naming/* isNamed */.e)(finding, new Set([name.toLowerCase()])))
        return false;
    if (wanted !== undefined && !packageNames(finding).some((known) => (0,policy_pattern/* fitsName */.g)(wanted, known)))
        return false;
    // Of its places, a merged finding keeps only some.
    return paths.length === 0 || finding.sources.every(({ location }) => location !== undefined && paths.some((pattern) => (0,policy_pattern/* fitsPath */.i)(pattern, location.path)));
}
/** Why a waiver that is about a finding does not hold for it, as a sentence; undefined when it holds. */
function whyVoid(waiver, facts, { terms, stage, now }) {
    const { severity, finding, isSecret } = facts;
    if (isSecret)
        return 'a secret is never waived: take it back where it was issued';
    if (!waiver.stages.includes(stage))
        return `it is for ${waiver.stages.join(', ')}, not for ${stage}`;
    if (isExpired(waiver, now))
        return `it expired on ${dayText(waiver.expires)}`;
    if (waiver.severity !== undefined && isBeyond(severity, waiver.severity))
        return `it bears ${waiver.severity} at most, and the finding is ${severity}`;
    if (waiver.isVoidWhenFixed && finding.fixedIn.length > 0)
        return `the problem is mended in ${finding.fixedIn.join(', ')}`;
    const lifetime = waiver.expires.getTime() - waiver.created.getTime();
    if (lifetime > terms.lifetime[severity])
        return `it lasts ${(0,duration/* formatDuration */.a)(lifetime)}, and for ${severity} findings the policy allows ${(0,duration/* formatDuration */.a)(terms.lifetime[severity])}`;
    return approvalFault(waiver.approval, terms);
}
/** Whether a waiver or a sign-off is over. */
function isExpired({ expires }, now) {
    return now.getTime() >= expires.getTime();
}
/** Why a sign-off of these findings does not hold, as a sentence; undefined when it holds. */
function whyUnsigned(signOff, findings, { terms, now }) {
    if (isExpired(signOff, now))
        return `it expired on ${dayText(signOff.expires)}`;
    const lifetime = signOff.expires.getTime() - signOff.created.getTime();
    const allowed = Math.min(...findings.map(({ severity }) => terms.lifetime[severity]));
    if (lifetime > allowed)
        return `it lasts ${(0,duration/* formatDuration */.a)(lifetime)}, and for these findings the policy allows ${(0,duration/* formatDuration */.a)(allowed)}`;
    return approvalFault(signOff.approval, terms);
}
function approvalFault(approval, { approval: asked }) {
    if (asked === 'stated' || approval.state === 'proven')
        return undefined;
    if (approval.state === 'refuted')
        return approval.reason;
    return asked === 'proven' ? `its approval is not proven: ${approval.reason}` : undefined;
}
// An unknown severity may be anything: only a waiver that bears unknown ones, or criticals, bears it.
function isBeyond(severity, borne) {
    if (severity === 'unknown')
        return borne !== 'unknown' && borne !== 'critical';
    return borne === 'unknown' || compareSeverity(severity, borne) < 0;
}

;// CONCATENATED MODULE: ./build/shared/policy/signing.js


/** Opens the stage for exactly the findings that somebody signed off. A secret, or findings that nobody has seen, cannot be. */
function signOff(judgements, hasUnseen, given) {
    const { stage, policy, waivers, environmentSignOff, now } = given;
    const blocking = judgements.filter(({ outcome }) => outcome === 'blocks').map(({ facts }) => facts);
    if (!stage.exceptions.includes('sign-off') || blocking.length === 0)
        return { judgements, hash: undefined, notes: [] };
    if (hasUnseen || blocking.some(({ isSecret }) => isSecret))
        return { judgements, hash: undefined, notes: [hasUnseen ? 'There are more findings than can be shown: nobody can sign them off.' : 'A secret cannot be signed off.'] };
    const hash = findingsHash(stage.name, blocking);
    const signed = (because) => ({ judgements: judgements.map((one) => (one.outcome === 'blocks' ? { ...one, because, outcome: 'signed off' } : one)), hash, notes: [] });
    if (environmentSignOff?.findings === hash)
        return signed(`signed off by ${environmentSignOff.by}, who approved this run`);
    const tried = waivers.signOffs.filter((one) => one.stage === stage.name).map((one) => ({
        one, reason: one.findings === hash ? whyUnsigned(one, blocking, { terms: policy.waivers, stage: stage.name, now }) : 'it is for another set of findings',
    }));
    const held = tried.find(({ reason }) => reason === undefined)?.one;
    if (held !== undefined)
        return signed(`signed off by ${held.approvedBy}: ${held.reason}`);
    const notes = tried.map(({ one, reason }) => `${one.place} of ${one.approvedBy} does not hold: ${reason}.`);
    return { judgements, hash, notes: [...(environmentSignOff === undefined ? [] : [`The approval by ${environmentSignOff.by} is for another set of findings.`]), ...notes] };
}

;// CONCATENATED MODULE: ./build/shared/policy/waiver-notes.js


/** The waivers of this stage that somebody should look at: expired, void, of no use, or about to expire. */
function waiverNotes(judgements, { waivers: { waivers }, stage, policy, now }) {
    const used = new Set(judgements.map(({ waiver }) => waiver));
    const voids = new Map(judgements.flatMap((one) => one.voids.map(({ waiver, reason }) => [waiver, reason])));
    const note = (waiver) => {
        if (isExpired(waiver, now))
            return { state: 'expired', reason: `it expired on ${dayText(waiver.expires)}: take it out, or have it allowed anew` };
        if (used.has(waiver))
            return waiver.expires.getTime() - now.getTime() <= policy.waivers.soon ? { state: 'expires soon', reason: `it expires on ${dayText(waiver.expires)}` } : undefined;
        const reason = voids.get(waiver);
        if (reason !== undefined)
            return { state: 'void', reason };
        const isMet = judgements.some(({ facts }) => isAbout(waiver, facts.finding));
        return { state: 'unused', reason: isMet ? 'what it is for does not block' : 'nothing that it is for was found: take it out' };
    };
    return waivers.filter(({ stages }) => stages.includes(stage.name)).flatMap((waiver) => {
        const found = note(waiver);
        return found === undefined ? [] : [{ waiver, ...found }];
    });
}

;// CONCATENATED MODULE: ./build/shared/policy/decide.js









/** What the policy makes of the reports. It does and asks nothing: given the same, it decides the same. */
function decide(given) {
    const { stage, now } = given;
    const evidence = [...given.missing, ...evidenceFor(given), ...feedEvidence(given)];
    const judged = given.findings.map((finding) => judge(factsOf(finding, { ...given, severityFrom: given.policy.severityFrom, takesSuppressions: stage.exceptions.includes('suppressions') }), given)).sort(byWeight);
    const beyond = given.reports.flatMap(({ report }) => beyondOf(report, stage));
    const { judgements, hash, notes: signOffNotes } = signOff(judged, beyond.some(({ blocks }) => blocks), given);
    const blocking = judgements.filter(({ outcome }) => outcome === 'blocks').length + sum(beyond.filter(({ blocks }) => blocks));
    const verdict = overall([blocking > 0 ? 'fail' : 'pass', ...evidence.map(({ status }) => (status === 'ok' ? 'pass' : 'inconclusive'))]);
    const counted = judgements.filter(({ outcome }) => outcome !== 'suppressed' && outcome !== 'not affected');
    return {
        stage, verdict, isOpen: verdict === 'pass' || stage.isReportOnly, evidence, judgements, beyond, blocking, counts: countsOf(counted, beyond),
        newCount: counted.filter(({ facts }) => facts.isNew).length + sum(beyond), waiverNotes: waiverNotes(judgements, given), signOffHash: hash, signOffNotes, notes: given.notes, decidedAt: now,
    };
}
function judge(facts, given) {
    const { stage, now } = given;
    const rule = stage.block.find((candidate) => unmet(candidate, facts, now) === undefined);
    const bare = { facts, rule, because: undefined, waiver: undefined, voids: [] };
    return judgeSetAside(facts, rule, given) ?? (rule === undefined ? { ...bare, outcome: 'allowed' } : judgeWaivers(facts, rule, given));
}
// Where the stage takes no such exceptions the finding counts like any other.
function judgeSetAside(facts, rule, { stage, ignores, exemptions, now }) {
    const suppressed = stage.exceptions.includes('suppressions') ? (0,exemption/* suppressionOf */.XV)(facts.finding, ignores, now) : undefined;
    const exempt = stage.exceptions.includes('vex') && !facts.isSecret ? (0,exemption/* exemptionOf */.Vi)(facts.finding, exemptions) : undefined;
    const because = suppressed ?? exempt;
    return because === undefined ? undefined : { facts, rule, because, waiver: undefined, voids: [], outcome: suppressed === undefined ? 'not affected' : 'suppressed' };
}
function judgeWaivers(facts, rule, { stage, waivers: { waivers }, policy, now }) {
    const about = waivers.filter((waiver) => isAbout(waiver, facts.finding));
    const judged = about.map((waiver) => ({ waiver, reason: stage.exceptions.includes('waivers') ? whyVoid(waiver, facts, { terms: policy.waivers, stage: stage.name, now }) : `the stage ${stage.name} takes no waivers` }));
    // The one that holds longest is the one that people have to know of.
    const [held] = judged.filter(({ reason }) => reason === undefined).map(({ waiver }) => waiver).sort((one, other) => other.expires.getTime() - one.expires.getTime());
    const voids = judged.flatMap(({ waiver, reason }) => (reason === undefined ? [] : [{ waiver, reason }]));
    return { facts, rule, because: held?.reason, waiver: held, voids, outcome: held === undefined ? 'blocks' : 'waived' };
}
// Of these nothing is known but their severity and what their report is about: every other condition of a rule counts as met.
function beyondOf({ path, beyond, kinds: given }, { block }) {
    return SEVERITIES.flatMap((severity) => {
        const count = beyond?.[severity] ?? 0;
        const blocks = block.some(({ severity: threshold, kinds }) => (threshold === undefined || isAtLeast(severity, threshold)) && (kinds === undefined || given.some((kind) => kinds.includes(kind))));
        return count > 0 ? [{ path, severity, count, blocks }] : [];
    });
}
function countsOf(judgements, beyond) {
    const counts = Object.fromEntries(SEVERITIES.map((severity) => [severity, 0]));
    for (const { facts } of judgements)
        counts[facts.severity] += 1;
    for (const { severity, count } of beyond)
        counts[severity] += count;
    return counts;
}
function sum(beyond) {
    return beyond.reduce((total, { count }) => total + count, 0);
}
// What blocks comes first, then the worst, then what is known to be exploited, what can be mended, what is new; keys keep the order the same every time.
function byWeight(one, other) {
    const [a, b] = [one.facts, other.facts];
    return Number(other.outcome === 'blocks') - Number(one.outcome === 'blocks')
        || compareSeverity(a.severity, b.severity) || Number(b.isKev) - Number(a.isKev) || Number(b.finding.fixedIn.length > 0) - Number(a.finding.fixedIn.length > 0)
        || Number(b.isNew) - Number(a.isNew) || (a.finding.key < b.finding.key ? -1 : Number(a.finding.key > b.finding.key));
}

;// CONCATENATED MODULE: ./build/shared/policy/decision.js
/** The judgements with one of these outcomes. */
function withOutcome({ judgements }, ...outcomes) {
    return judgements.filter(({ outcome }) => outcomes.includes(outcome));
}

;// CONCATENATED MODULE: ./build/shared/policy/explain.js



/** The judgements that a word means: a key or its beginning, an advisory, a rule, a package, a path. */
function meantBy(word, { judgements }) {
    const wanted = word.trim().toLowerCase();
    return judgements.filter(({ facts: { finding } }) => {
        const names = [finding.rule, ...finding.aliases, ...finding.sources.flatMap(({ rule, aliases }) => [rule, ...aliases]), ...packageNames(finding), ...finding.locations.map(({ path }) => path)];
        return names.some((name) => (0,policy_pattern/* fitsName */.g)(wanted, name)) || finding.keys.some((key) => wanted.length >= 8 && key.toLowerCase().startsWith(wanted));
    });
}
/** Why a finding counts as it does, line by line: what it is, who says so, what each rule and each exception makes of it. */
function explain({ facts, outcome, rule, because, waiver, voids }, { stage, decidedAt }) {
    const { finding } = facts;
    return [
        `${finding.title} — ${outcomeText(outcome)} at ${stage.name}`,
        `  key       ${finding.key}`,
        ...(finding.aliases.length > 0 ? [`  names     ${finding.aliases.join(', ')}`] : []),
        ...(finding.package === undefined ? [] : [`  package   ${finding.package.purl ?? [finding.package.name, finding.package.version].filter(Boolean).join(' ')}; ${finding.fixedIn.length > 0 ? `mended in ${finding.fixedIn.join(', ')}` : 'no version without it is known'}`]),
        ...finding.locations.slice(0, 5).map(({ path, line }) => `  at        ${path}${line === undefined ? '' : `:${line}`}`),
        ...severityLines(facts),
        ...factLines(facts),
        ...stage.block.map((candidate) => `  rule      ${candidate.name}: ${unmet(candidate, facts, decidedAt) ?? 'met'}${candidate === rule ? ' — this one decides' : ''}`),
        ...(waiver === undefined ? [] : [`  waiver    ${waiver.place} until ${dayText(waiver.expires)}, allowed by ${waiver.approvedBy} (${approvalText(waiver.approval)})`]),
        ...voids.map(({ waiver: one, reason }) => `  waiver    ${one.place} does not hold: ${reason}`),
        ...(because === undefined ? [] : [`  because   ${because}`]),
    ];
}
function outcomeText(outcome) {
    return outcome === 'allowed' ? 'meets no rule' : outcome === 'blocks' ? 'blocks' : `is ${outcome}`;
}
function severityLines({ finding, severity, severityFrom }) {
    const claims = finding.sources.flatMap((source) => source.claims.map(({ severity: said, from, text, source: quoted }) => `            ${source.tool}${quoted === undefined ? '' : `, quoting ${quoted}`}: ${said} (${from} ${text})`));
    const why = severityFrom === undefined ? (finding.isDisputed ? 'the sources disagree, and the worst counts' : 'as every source says') : `as ${severityFrom} says, whom the policy ranks first of those that speak`;
    return [`  severity  ${severity}: ${claims.length === 0 ? 'no source says one' : why}`, ...claims];
}
function factLines({ finding, isNew, firstSeen, isKev, epss }) {
    const facts = [isNew ? 'new' : 'in the baseline', ...(firstSeen === undefined ? [] : [`known since ${firstSeen.slice(0, 10)}`]), ...(isKev ? ['known to be exploited'] : []), ...(epss === undefined ? [] : [`EPSS ${epss}`])];
    return [`  known     ${facts.join(', ')}`, `  tools     ${finding.tools.join(', ')}`];
}
function approvalText(approval) {
    return approval.state === 'proven' ? `proven: ${approval.by}` : `${approval.state}: ${approval.reason}`;
}

;// CONCATENATED MODULE: ./build/actions/security-gate/src/wording.js



// Some scanners put a paragraph there.
const LONGEST_TITLE = 120;
/** What the decision comes to, in one or two sentences. */
function headline(decision) {
    const { stage, verdict, blocking, evidence } = decision;
    const lacking = evidence.filter(({ status }) => status !== 'ok');
    const held = lacking.length === 0 ? '' : `${count(lacking.length, 'report')} of ${evidence.length} ${lacking.length === 1 ? 'is' : 'are'} no evidence (${lacking.slice(0, 3).map(({ path, status }) => `${path}: ${status}`).join('; ')}${lacking.length > 3 ? '; …' : ''})`;
    const would = stage.isReportOnly ? 'would be' : 'is';
    if (verdict === 'pass')
        return `${stage.name} may go on: nothing blocks. ${total(decision)}`;
    if (verdict === 'inconclusive')
        return `${stage.name} ${would} held: ${held}. ${total(decision)}`;
    return `${stage.name} ${would} blocked by ${count(blocking, 'finding')} (${severityCounts(blockingCounts(decision))})${held === '' ? '.' : `, and ${held}.`}`;
}
/** Where a finding is: package and version, or file and line. */
function placeOf({ package: one, location, locations }) {
    const at = location ?? locations[0];
    const file = at === undefined ? '' : `${at.path}${at.line === undefined ? '' : `:${at.line}`}`;
    const more = locations.length > 1 ? ` and ${locations.length - 1} more` : '';
    if (one === undefined)
        return file === '' ? '' : `${file}${more}`;
    return `${[one.name, one.version].filter(Boolean).join(' ')}${file === '' ? '' : ` (${file}${more})`}`;
}
/** What to do about a finding. */
function mendingOf({ facts: { finding, isSecret } }, decision) {
    if (isSecret)
        return 'Revoke it where it was issued, then take it out of the code and give it as a secret.';
    if (finding.kinds.includes('licence'))
        return `Replace ${finding.package?.name ?? 'the package'}, or let its licence in by the policy.`;
    if (finding.package !== undefined && finding.fixedIn.length > 0)
        return `Update ${finding.package.name}${finding.package.version === undefined ? '' : ` from ${finding.package.version}`} to ${finding.fixedIn.slice(0, 3).join(' or ')}.`;
    const waiver = decision.stage.exceptions.includes('waivers') ? ', or have it waived for a while' : decision.stage.exceptions.includes('sign-off') ? ', or have it signed off' : '';
    if (finding.package !== undefined)
        return `No version without it is known: replace ${finding.package.name}${waiver}.`;
    return `Mend it at ${placeOf(finding) || 'its place'}${waiver}.`;
}
/** What a finding is called: its advisory or rule, and its title. */
function nameOf({ aliases, rule, title }) {
    const id = aliases[0] ?? rule;
    if (title === '' || title === id)
        return id;
    return `${id}: ${title.length <= LONGEST_TITLE ? title : `${title.slice(0, LONGEST_TITLE).replace(/\s+\S*$/, '')}…`}`;
}
/** Numbers by severity as people say them: `1 critical, 2 high`. */
function severityCounts(counts) {
    return SEVERITIES.filter((severity) => (counts[severity] ?? 0) > 0).map((severity) => `${counts[severity]} ${severity}`).join(', ') || 'none';
}
/** How many findings of each severity block. */
function blockingCounts(decision) {
    const counts = Object.fromEntries(SEVERITIES.map((severity) => [severity, 0]));
    for (const { facts } of withOutcome(decision, 'blocks'))
        counts[facts.severity] += 1;
    for (const { severity, count: of, blocks } of decision.beyond)
        if (blocks)
            counts[severity] += of;
    return counts;
}
/** `in 9d`, for a moment that is still to come. */
function untilText(expires, now) {
    return `${expires.toISOString().slice(0, 10)} (in ${(0,duration/* formatDuration */.a)(expires.getTime() - now.getTime())})`;
}
/** `1 finding`, `2 findings`. */
function count(number, noun) {
    return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
function total({ counts, newCount, evidence }) {
    const all = Object.values(counts).reduce((sum, one) => sum + one, 0);
    const reports = evidence.filter(({ status }) => status === 'ok').length;
    return `${count(all, 'finding')} in ${count(reports, 'sound report')}${all === 0 ? '' : ` (${severityCounts(counts)}; ${newCount} new)`}.`;
}

;// CONCATENATED MODULE: ./build/actions/security-gate/src/annotations.js


// GitHub shows ten of each level a step, and the step's own failure is one of the errors.
const MOST = 10;
const MOST_ERRORS = 9;
/** Remarks at the lines of the ten most important findings that block. */
function annotationsOf(decision) {
    return withOutcome(decision, 'blocks').slice(0, MOST).map((one, index) => {
        const { finding, severity } = one.facts;
        return {
            level: index < MOST_ERRORS && !decision.isOpen ? 'error' : 'warning', title: `${severity}: ${nameOf(finding)}`.slice(0, 200),
            message: [placeOf(finding), mendingOf(one, decision), `Found by ${finding.tools.join(', ')}; blocks by the rule "${one.rule?.name}".`].filter(Boolean).join('\n'), ...fileOf(finding),
        };
    });
}
// A URL, or a file within an image, is in no change that GitHub could show it in.
function fileOf({ location, locations }) {
    const at = location ?? locations[0];
    return at === undefined || /^[a-z][a-z0-9+.-]*:|^\//i.test(at.path) ? {} : { path: at.path, line: at.line, endLine: at.endLine };
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __nccwpck_require__(8161);
;// CONCATENATED MODULE: ./build/shared/runner/surroundings.js



const PROXY_NAMES = ['http_proxy', 'https_proxy', 'no_proxy'].flatMap((name) => [name, name.toUpperCase()]);
/** What the environment says. */
function surroundings(environment = process.env) {
    const { GITHUB_API_URL = 'https://api.github.com', GITHUB_SERVER_URL = 'https://github.com', RUNNER_TEMP, GITHUB_EVENT_PATH, GITHUB_REF_TYPE, GITHUB_REF = '' } = environment;
    const proxy = PROXY_NAMES.flatMap((name) => (environment[name] ? [[name, environment[name]]] : []));
    return {
        apiUrl: GITHUB_API_URL, serverUrl: GITHUB_SERVER_URL, temp: RUNNER_TEMP || (0,external_node_os_.tmpdir)(), event: readEvent(GITHUB_EVENT_PATH),
        isTag: GITHUB_REF_TYPE === 'tag' || GITHUB_REF.startsWith('refs/tags/'), proxy: Object.fromEntries(proxy),
    };
}
/** All variables of the job, for programs that are to see some of them; what was read as a secret is no longer among them. */
function jobEnvironment() {
    return { ...process.env };
}
/** What an earlier step of this job kept under a name; empty where none did. */
function keptForJob(name) {
    return process.env[name] ?? '';
}
/** Keeps a text for later steps of this job, where the runner has a file for that. */
function keepForJob(name, text) {
    if (process.env['GITHUB_ENV'])
        exportVariable(name, text);
}
function readEvent(path) {
    try {
        const event = path === undefined ? {} : JSON.parse((0,external_node_fs_.readFileSync)(path, 'utf8'));
        return typeof event === 'object' && event !== null ? event : {};
    }
    catch {
        return {}; // It is only a source of what would be nice to show.
    }
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
;// CONCATENATED MODULE: ./build/shared/github/questions.js

const silence = () => undefined;
/** A way to ask GitHub about one repository. Octokit is loaded only now, because it is most of what an action would load. */
async function repositoryOf({ apiUrl, token }, run, signal) {
    const { getOctokit } = await __nccwpck_require__.e(/* import() */ 413).then(__nccwpck_require__.bind(__nccwpck_require__, 2413));
    const octokit = getOctokit(token.reveal(), { baseUrl: apiUrl.replace(/\/+$/, ''), log: { debug: silence, info: silence, warn: silence, error: silence } });
    const [owner = '', repo = ''] = run.repository.split('/');
    return { ask: octokit.request.defaults({ request: { signal } }), named: { owner, repo } };
}
/** An answer, or undefined with its lack told to `missing`: the permission where that is what lacks, else what was asked and why it failed. */
async function answerOr(question, what, permission, missing, signal) {
    try {
        return await question;
    }
    catch (error) {
        missing.push(lackOf(error, what, permission, signal));
        return undefined;
    }
}
function lackOf(error, what, permission, signal) {
    if (signal.aborted)
        return `${what}: GitHub did not answer in time`;
    const status = statusOf(error);
    if (status === 401)
        return `${what}: GitHub does not take the token`;
    if (status === 429 || (status === 403 && /rate limit/i.test(messageOf(error))))
        return `${what}: GitHub's rate limit is reached`;
    // What a token may not see is, to it, not there.
    if (status === 403 || status === 404)
        return `${permission} (${what})`;
    return `${what}: ${messageOf(error)}`;
}
/** The HTTP status with which GitHub refused, if that is what happened. */
function statusOf(error) {
    return error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : undefined;
}

;// CONCATENATED MODULE: ./build/shared/policy/approval.js
/** The waivers with what GitHub says about who allowed them; `history` is a sentence where GitHub said nothing. */
function withApprovals({ waivers, signOffs }, history, lines) {
    const approved = (entry) => ({ ...entry, approval: approvalOf(entry.approvedBy, lines.get(entry.place), history) });
    return { waivers: waivers.map(approved), signOffs: signOffs.map(approved) };
}
function approvalOf(approver, lines, history) {
    if (typeof history === 'string')
        return { state: 'unchecked', reason: history };
    const changes = lines === undefined ? [] : history.filter(({ from, to }) => from <= lines.to && to >= lines.from);
    if (lines === undefined || !isWhole(changes, lines))
        return { state: 'unchecked', reason: 'GitHub does not tell who brought its lines' };
    const written = changes.find(({ authors }) => authors.includes(approver));
    if (written !== undefined)
        return { state: 'refuted', reason: `${approver} allowed it and wrote it too (${written.commit.slice(0, 12)})` };
    const bare = changes.find(({ pulls }) => !pulls.some((pull) => pull.author !== approver && pull.approvers.includes(approver)));
    if (bare !== undefined)
        return { state: 'refuted', reason: `${approver} has not approved the pull request that brought it (${bare.pulls.map(({ number }) => `#${number}`).join(', ') || `none, commit ${bare.commit.slice(0, 12)}`})` };
    const pulls = [...new Set(changes.flatMap((change) => change.pulls.filter(({ approvers }) => approvers.includes(approver)).map(({ number }) => `#${number}`)))];
    return { state: 'proven', by: `${approver} approved ${pulls.join(', ')}` };
}
function isWhole(changes, { from, to }) {
    return Array.from({ length: to - from + 1 }, (_, index) => from + index).every((line) => changes.some((change) => change.from <= line && line <= change.to));
}

;// CONCATENATED MODULE: ./build/shared/policy/environment-approval.js


/** Who approved a run for an environment, other than who started it; a sentence that says why nobody has, otherwise. */
async function environmentApproval(repository, { run, environment, actor }) {
    try {
        const { data } = await repository.ask('GET /repos/{owner}/{repo}/actions/runs/{run_id}/approvals', { ...repository.named, run_id: Number(run) });
        const about = data.filter(({ environments }) => environments.some(({ name }) => name?.toLowerCase() === environment.toLowerCase()));
        const by = about.filter(({ state }) => state === 'approved').map(({ user }) => user.login).find((login) => login.toLowerCase() !== actor.toLowerCase());
        if (by !== undefined && !about.some(({ state }) => state === 'rejected'))
            return { by };
        return about.length === 0 ? `nobody has approved this run for the environment ${environment}` : `nobody but ${actor}, who started this run, has approved it for the environment ${environment}`;
    }
    catch (error) {
        const status = statusOf(error);
        return status === 403 || status === 404 ? 'the token needs actions: read to see who approved this run' : `GitHub did not tell who approved this run (${(0,errors/* messageOf */.b)(error)})`;
    }
}

// EXTERNAL MODULE: ./build/shared/policy/ignores/ignore-file.js
var ignore_file = __nccwpck_require__(5128);
;// CONCATENATED MODULE: ./build/shared/policy/history.js




const QUESTION = `query($owner: String!, $name: String!, $commit: String!, $blob: String!, $path: String!) {
  repository(owner: $owner, name: $name) {
    file: object(expression: $blob) { oid }
    commit: object(expression: $commit) { ... on Commit { blame(path: $path) { ranges { startingLine endingLine commit {
      oid
      authors(first: 20) { nodes { user { login } } }
      associatedPullRequests(first: 5) { nodes { number headRefOid author { login } reviews(states: [APPROVED], first: 100) { nodes { author { login } commit { oid } } } } }
    } } } } }
  }
}`;
/**
 * Who brought each line of a file as it is at a commit, by GitHub's blame; a sentence that says why it is not known, otherwise.
 * `text` is the file as this run reads it: another one would have lines that nobody reviewed.
 */
async function historyOf(repository, { path, commit, text }) {
    const { owner, repo: name } = repository.named;
    try {
        const { data } = await repository.ask('POST /graphql', { query: QUESTION, variables: { owner, name, commit, blob: `${commit}:${path}`, path } });
        const { file, commit: found } = (0,ignore_file/* looseMapping */.ZO)((0,ignore_file/* looseMapping */.ZO)((0,ignore_file/* looseMapping */.ZO)(data)['data'])['repository']);
        if ((0,ignore_file/* looseText */.o0)((0,ignore_file/* looseMapping */.ZO)(file)['oid']) === undefined)
            return `GitHub has no ${path} at commit ${commit.slice(0, 12)}${faultsOf(data)}`;
        if ((0,ignore_file/* looseMapping */.ZO)(file)['oid'] !== blobName(text))
            return `${path} is not the same here as at commit ${commit.slice(0, 12)}`;
        const ranges = (0,ignore_file/* looseList */.J2)((0,ignore_file/* looseMapping */.ZO)((0,ignore_file/* looseMapping */.ZO)(found)['blame'])['ranges']);
        return ranges.length === 0 ? `GitHub tells nothing about the lines of ${path}${faultsOf(data)}` : ranges.map(changeOf);
    }
    catch (error) {
        const status = statusOf(error);
        return status === undefined || status >= 500 ? `GitHub did not answer (${(0,errors/* messageOf */.b)(error)})` : `GitHub refused (${status}): the token needs contents: read and pull-requests: read`;
    }
}
/** Git's name for a file's content. */
function blobName(text) {
    const bytes = Buffer.from(text);
    return (0,external_node_crypto_.createHash)('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
function changeOf({ startingLine, endingLine, commit }) {
    const about = (0,ignore_file/* looseMapping */.ZO)(commit);
    return {
        from: Number(startingLine), to: Number(endingLine), commit: (0,ignore_file/* looseText */.o0)(about['oid']) ?? '',
        authors: nodesOf(about['authors']).map(({ user }) => loginOf(user)).filter((login) => login !== ''),
        pulls: nodesOf(about['associatedPullRequests']).map(pullOf),
    };
}
// An approval is of the commit that was the newest then: what was pushed after it, nobody has approved.
function pullOf({ number, headRefOid, author, reviews }) {
    const approvals = nodesOf(reviews).filter(({ commit }) => (0,ignore_file/* looseMapping */.ZO)(commit)['oid'] === headRefOid);
    return { number: Number(number), author: loginOf(author), approvers: approvals.map((review) => loginOf(review['author'])).filter((login) => login !== '') };
}
function nodesOf(connection) {
    return (0,ignore_file/* looseList */.J2)((0,ignore_file/* looseMapping */.ZO)(connection)['nodes']);
}
function loginOf(actor) {
    return ((0,ignore_file/* looseText */.o0)((0,ignore_file/* looseMapping */.ZO)(actor)['login']) ?? '').toLowerCase();
}
function faultsOf(answer) {
    const [first] = (0,ignore_file/* looseList */.J2)((0,ignore_file/* looseMapping */.ZO)(answer)['errors']);
    const message = (0,ignore_file/* looseText */.o0)(first?.['message']);
    return message === undefined ? '' : `: ${message}`;
}

;// CONCATENATED MODULE: ./build/shared/policy/waiver-lines.js
/** Where each waiver and sign-off of a file stands, by its place such as `waivers[2]`. */
async function waiverLines(text) {
    const { isNode, isSeq, LineCounter, parseDocument } = await __nccwpck_require__.e(/* import() */ 815).then(__nccwpck_require__.t.bind(__nccwpck_require__, 8815, 19));
    const lineCounter = new LineCounter();
    const document = parseDocument(text, { lineCounter });
    const lines = new Map();
    for (const list of ['waivers', 'sign-offs']) {
        const node = document.get(list, true);
        const items = isSeq(node) ? node.items : [node];
        for (const [index, item] of items.entries()) {
            const [start, end] = isNode(item) && item.range ? item.range : [];
            if (start !== undefined && end !== undefined)
                lines.set(`${list}[${index}]`, { from: lineCounter.linePos(start).line, to: lineCounter.linePos(Math.max(start, end - 1)).line });
        }
    }
    return lines;
}

// EXTERNAL MODULE: ./build/shared/runner/summary.js + 1 modules
var summary = __nccwpck_require__(6062);
;// CONCATENATED MODULE: ./build/actions/security-gate/src/comment.js



// GitHub takes 65,536 characters; no text has more characters than bytes.
const LONGEST_BODY = 65_000;
const PAGE = 100;
const MOST_PAGES = 30;
/** What a comment says, with the hidden mark by which later runs find it. */
function commentBody(sections, mark) {
    return `${markText(mark)}\n${(0,summary/* renderSummary */.B)(sections, LONGEST_BODY - markText(mark).length - 1)}`;
}
/**
 * Puts the text into the one comment on a pull request that bears the mark and is our own; makes it if there is none, and takes away what
 * is there twice. Returns why it could not.
 */
async function putComment(repository, pull, mark, body) {
    try {
        const me = await ownLogin(repository);
        const [first, ...others] = await ownComments(repository, pull, mark, me);
        if (first !== undefined)
            await replace(repository, first, others, body);
        else
            await create(repository, pull, mark, me, body);
        return undefined;
    }
    catch (error) {
        const status = statusOf(error);
        if (status === 403 || status === 404)
            return `GitHub refused it (${status}): the token needs pull-requests: write, which it never has on pull requests from forks`;
        return (0,errors/* messageOf */.b)(error);
    }
}
// Two runs may both find no comment: each looks again after making its own, and all keep the oldest.
async function create(repository, pull, mark, me, body) {
    const { data } = await repository.ask('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', { ...repository.named, issue_number: pull, body });
    const [first, ...others] = await ownComments(repository, pull, mark, me);
    if (first !== undefined && first.id !== Number(data.id))
        await replace(repository, first, others, body);
}
async function replace(repository, first, others, body) {
    if (first.body !== body)
        await repository.ask('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', { ...repository.named, comment_id: first.id, body });
    for (const { id } of others) {
        await repository.ask('DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}', { ...repository.named, comment_id: id }).catch((error) => {
            if (statusOf(error) !== 404)
                throw error;
        });
    }
}
// Anybody may write our mark into a comment: only what we wrote ourselves is ours. GET /user is closed to the tokens of workflows and apps.
async function ownLogin(repository) {
    const { data } = await repository.ask('POST /graphql', { query: 'query { viewer { login } }' });
    const { data: { viewer } } = data;
    return viewer.login;
}
async function ownComments(repository, pull, mark, me) {
    const found = [];
    for (let page = 1; page <= MOST_PAGES; page += 1) {
        const { data } = await repository.ask('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', { ...repository.named, issue_number: pull, per_page: PAGE, page });
        found.push(...data.filter(({ body, user }) => body?.startsWith(markText(mark)) === true && sameLogin(user?.login ?? '', me)).map(({ id, body }) => ({ id: Number(id), body: body ?? '' })));
        if (data.length < PAGE)
            break;
    }
    return found.toSorted((one, other) => one.id - other.id);
}
// REST calls an app's account app[bot], GraphQL may leave the ending out.
function sameLogin(one, other) {
    const plain = (login) => login.toLowerCase().replace(/\[bot\]$/, '');
    return plain(one) === plain(other);
}
function markText(mark) {
    return `<!-- slipway security-gate: ${mark.replaceAll(/[^\w. -]/g, '_').replaceAll('--', '- -')} -->`;
}

;// CONCATENATED MODULE: ./build/actions/security-gate/src/summary.js




const MARKS = { pass: '✅', fail: '❌', inconclusive: '⚠️' };
/** The decision as sections of a summary: the verdict first, then what blocks and how to mend it, what is let through and until when, and the evidence. */
function summarySections(decision, name) {
    const { stage, verdict } = decision;
    const title = [`${MARKS[verdict]} Security gate`, stage.name, name].filter(Boolean).join(' · ');
    const preview = stage.isReportOnly && verdict !== 'pass' ? ['This is a preview: it holds nothing up.'] : [];
    return [
        { heading: title, paragraphs: [headline(decision), ...preview] },
        ...blockingSection(decision), ...signOffSection(decision), ...letThroughSections(decision), ...waiverSection(decision), evidenceSection(decision), countsSection(decision),
        ...(decision.notes.length > 0 ? [{ heading: 'Worth knowing', table: { columns: ['Note'], rows: decision.notes.map((note) => [note]) } }] : []),
    ];
}
function blockingSection(decision) {
    const blocking = withOutcome(decision, 'blocks');
    const beyond = decision.beyond.filter(({ blocks }) => blocks).map(({ path, severity, count }) => [severity, `${count} more findings`, path, 'There are too many to keep: mend those that are shown, and scan again.', '', '']);
    if (blocking.length + beyond.length === 0)
        return [];
    const rows = blocking.map((one) => [severityCell(one), linked(one), placeOf(one.facts.finding), howTo(one, decision), one.facts.finding.tools.join(', '), one.rule?.name ?? '']);
    return [{ heading: 'What blocks, and how to mend it', table: { columns: ['Severity', 'Finding', 'Where', 'What to do', 'Found by', 'Rule'], rows: [...rows, ...beyond] } }];
}
// A waiver that somebody relied on says by itself why it did not help.
function howTo(judgement, decision) {
    return [mendingOf(judgement, decision), ...judgement.voids.map(({ waiver, reason }) => `Its waiver (${waiver.place}) does not hold: ${reason}.`)].join(' ');
}
function signOffSection({ signOffHash, signOffNotes, stage }) {
    if (signOffHash === undefined && signOffNotes.length === 0)
        return [];
    const how = signOffHash === undefined ? [] : ['Security may sign off exactly these findings, by an entry under sign-offs of the waiver file, or by the approval of an environment: ', { text: signOffHash, code: true }];
    return [{ heading: `Sign-off for ${stage.name}`, paragraphs: [...(how.length > 0 ? [how] : []), ...signOffNotes] }];
}
function letThroughSections(decision) {
    const waived = withOutcome(decision, 'waived').map((one) => [
        severityCell(one), linked(one), placeOf(one.facts.finding), one.waiver === undefined ? '' : untilText(one.waiver.expires, decision.decidedAt), `${one.waiver?.approvedBy ?? ''} (${one.waiver === undefined ? '' : one.waiver.approval.state})`, one.because ?? '',
    ]);
    const others = withOutcome(decision, 'signed off', 'suppressed', 'not affected').map((one) => [severityCell(one), linked(one), placeOf(one.facts.finding), one.outcome, one.because ?? '']);
    return [
        ...(waived.length > 0 ? [{ heading: 'Waived', table: { columns: ['Severity', 'Finding', 'Where', 'Until', 'Allowed by', 'Because'], rows: waived } }] : []),
        ...(others.length > 0 ? [{ heading: 'Set aside', table: { columns: ['Severity', 'Finding', 'Where', 'How', 'Because'], rows: others } }] : []),
    ];
}
function waiverSection({ waiverNotes }) {
    if (waiverNotes.length === 0)
        return [];
    const rows = waiverNotes.map(({ waiver, state, reason }) => [waiver.place, [waiver.finding, waiver.package, ...waiver.paths].filter(Boolean).join(', '), state, reason, waiver.requestedBy]);
    return [{ heading: 'Waivers to look at', table: { columns: ['Waiver', 'For', 'State', 'Why', 'Requested by'], rows } }];
}
function evidenceSection({ evidence }) {
    const rows = evidence.map(({ path, tools, kinds, status, reason, remarks }) => [path, tools.join(', '), kinds.join(', '), status === 'ok' ? '✅ ok' : `❌ ${status}`, reason === '' ? remarks.join(', ') : reason]);
    return { heading: 'Evidence', table: { columns: ['Report', 'Tool', 'Kind', 'Status', 'What it tells'], rows } };
}
function countsSection(decision) {
    const blocking = blockingCounts(decision);
    const fresh = (severity) => decision.judgements.filter(({ facts, outcome }) => facts.severity === severity && facts.isNew && outcome !== 'suppressed' && outcome !== 'not affected').length;
    return { heading: 'Findings', table: { columns: ['Severity', 'All', 'New', 'Blocking'], rows: SEVERITIES.map((severity) => [severity, `${decision.counts[severity]}`, `${fresh(severity)}`, `${blocking[severity]}`]) } };
}
function severityCell({ facts: { severity, isNew, isKev, finding } }) {
    return [severity, ...(isNew ? ['new'] : []), ...(isKev ? ['exploited'] : []), ...(finding.isDisputed ? ['disputed'] : [])].join(', ');
}
function linked({ facts: { finding, firstSeen } }) {
    const text = `${nameOf(finding)}${firstSeen === undefined ? '' : ` (known since ${dayText(new Date(firstSeen))})`}`;
    return finding.url === undefined ? text : { text, href: finding.url };
}

;// CONCATENATED MODULE: ./build/actions/security-gate/src/github.js










/** The repository as the token may ask about it; undefined without token or run. */
async function repositoryWith(inputs, job) {
    const { githubToken: token } = inputs;
    if (token === undefined || job.run.repository === '')
        return undefined;
    return repositoryOf({ apiUrl: surroundings().apiUrl, token }, job.run, job.signal);
}
/** The waivers with what GitHub says about who allowed them. */
async function approvedWaivers({ waivers, waiverText, policy }, inputs, repository, job) {
    const isNone = waivers.waivers.length + waivers.signOffs.length === 0;
    if (repository === undefined || waiverText === undefined || isNone || policy.waivers.approval === 'stated')
        return waivers;
    const path = (0,external_node_path_.relative)(process.cwd(), inputs.waivers ?? '').replaceAll('\\', '/');
    const history = path.startsWith('../') || job.run.commit === '' ? `${path} is not in the repository` : await historyOf(repository, { path, commit: job.run.commit, text: waiverText });
    return withApprovals(waivers, history, await waiverLines(waiverText));
}
/** The sign-off that the environment's approval is; why it is none, as a note. */
async function environmentSignOff(inputs, repository, job) {
    const { signOff: findings, signOffEnvironment: environment } = inputs;
    if (findings === undefined || environment === undefined || repository === undefined)
        return { signOff: undefined, notes: [] };
    const found = await environmentApproval(repository, { run: job.run.id, environment, actor: job.run.actor });
    return typeof found === 'string' ? { signOff: undefined, notes: [`There is no sign-off: ${found}.`] } : { signOff: { findings, by: found.by }, notes: [] };
}
/** Tells the decision in the pull request's comment. Never fails: that it could not is a warning. */
async function comment(decision, inputs, repository, job) {
    const pull = inputs.pullRequest ?? pullRequestOf();
    if (!inputs.comment || pull === undefined)
        return;
    if (repository === undefined)
        return job.log.warning('There is no comment on the pull request: comment needs github-token.');
    const mark = [decision.stage.name, inputs.name].filter(Boolean).join(' ');
    const sections = summarySections(decision, inputs.name);
    const link = job.run.url === '' ? [] : [{ heading: 'More', paragraphs: [[{ text: 'The run and its job summary', href: job.run.url }]] }];
    const refusal = await putComment(repository, pull, mark, job.redact(commentBody([...sections, ...link], mark))).catch(errors/* messageOf */.b);
    if (refusal !== undefined)
        job.log.warning(`There is no comment on pull request #${pull}: ${refusal}.`);
}
function pullRequestOf() {
    const pull = surroundings().event['pull_request'];
    const number = typeof pull === 'object' && pull !== null && 'number' in pull ? pull.number : undefined;
    return typeof number === 'number' ? number : undefined;
}

// EXTERNAL MODULE: external "node:readline"
var external_node_readline_ = __nccwpck_require__(481);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __nccwpck_require__(8522);
;// CONCATENATED MODULE: ./build/shared/policy/feeds.js





const CVE = /^CVE-\d{4}-\d{4,}$/i;
const LARGEST_LINE = 10_000; // characters
/** CISA's catalogue of known exploited vulnerabilities, its JSON or its CSV. @throws {UserError} when it is neither, or empty. */
async function readKev(text, file) {
    const feed = text.trimStart().startsWith('{') ? await (0,ignore_file/* parsing */.LK)(file, () => kevJson(JSON.parse(text))) : kevCsv(text);
    if (feed.content.size === 0)
        throw new errors/* UserError */.y(`${file} is not the KEV catalogue: it names no CVE. Take known_exploited_vulnerabilities.json of CISA.`);
    return feed;
}
/** The scores of these CVEs in FIRST's EPSS file, CSV or gzipped CSV. @throws {UserError} when it is none, is cut off, or has no score at all. */
async function readEpss(path, wanted) {
    const content = new Map();
    let madeAt;
    let count = 0;
    try {
        for await (const line of linesOf(path)) {
            const [, date] = /^#.*\bscore_date:(\S+)/.exec(line.slice(0, LARGEST_LINE)) ?? [];
            madeAt ??= dateOf(date);
            const [cve = '', score = ''] = line.slice(0, LARGEST_LINE).split(',');
            const value = score === '' ? Number.NaN : Number(score);
            if (!CVE.test(cve) || !(value >= 0 && value <= 1))
                continue;
            count += 1;
            if (wanted.has(cve.toUpperCase()))
                content.set(cve.toUpperCase(), value);
        }
    }
    catch (error) {
        throw new errors/* UserError */.y(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
    if (count === 0)
        throw new errors/* UserError */.y(`${path} is not the EPSS file: it has no line such as CVE-2026-1234,0.5,0.9. Take epss_scores-current.csv.gz of FIRST.`);
    return { content, madeAt };
}
function kevJson(json) {
    const root = (0,ignore_file/* looseMapping */.ZO)(json);
    const names = (0,ignore_file/* looseList */.J2)(root['vulnerabilities']).map(({ cveID }) => (0,ignore_file/* looseText */.o0)(cveID)).filter((name) => name !== undefined);
    return { content: cves(names), madeAt: dateOf((0,ignore_file/* looseText */.o0)(root['dateReleased'])) };
}
// The CSV does not tell when it was made: the day on which its newest entry was added is the least it can be.
function kevCsv(text) {
    const lines = text.split('\n');
    const added = lines.flatMap((line) => /,(\d{4}-\d{2}-\d{2}),/.exec(line)?.[1] ?? []).sort().at(-1);
    return { content: cves(lines.map((line) => line.split(',')[0]?.replaceAll('"', '') ?? '')), madeAt: dateOf(added) };
}
function cves(names) {
    return new Set(names.filter((name) => CVE.test(name)).map((name) => name.toUpperCase()));
}
function linesOf(path) {
    const file = (0,external_node_fs_.createReadStream)(path);
    const text = path.endsWith('.gz') ? file.pipe((0,external_node_zlib_.createGunzip)()) : file;
    const lines = (0,external_node_readline_.createInterface)({ input: text, crlfDelay: Infinity });
    // An error of the file reaches neither the unpacker nor the lines by itself.
    return (async function* () {
        const failed = new Promise((_, reject) => [file, text].forEach((stream) => stream.on('error', reject)));
        failed.catch(() => undefined);
        const iterator = lines[Symbol.asyncIterator]();
        for (let next = await Promise.race([iterator.next(), failed]); next.done !== true; next = await Promise.race([iterator.next(), failed]))
            yield next.value;
    })();
}
function dateOf(text) {
    const date = new Date(text === undefined ? Number.NaN : text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
    return Number.isNaN(date.getTime()) ? undefined : date;
}

;// CONCATENATED MODULE: ./build/actions/security-gate/src/files.js




const MAGIC = /[*?[\]{}]/;
// What scanners write beside their reports for people.
const FOR_PEOPLE = /\.(?:html?|md|txt|log|pdf|csv|css|js|png|svg)$/i;
/** The files that a pattern, a folder or a path names, in order; those of a folder that are for people are told apart. None where nothing is there. */
function filesOf(pattern) {
    const found = (0,external_node_fs_.statSync)(pattern, { throwIfNoEntry: false });
    if (found?.isDirectory() === true)
        return inFolder(pattern);
    if (found !== undefined)
        return { files: [pattern], passedOver: [] };
    return { files: MAGIC.test(pattern) ? glob(pattern) : [], passedOver: [] };
}
/** The text of a file that an input names. @throws {UserError} that names both when it cannot be read. */
function readText(input, path) {
    try {
        return (0,external_node_fs_.readFileSync)(path, 'utf8');
    }
    catch (error) {
        throw new errors/* UserError */.y(`${input} ${path} cannot be read: ${(0,errors/* messageOf */.b)(error)}. Whatever depends on it stays closed.`);
    }
}
/** sha256 of a text, in hexadecimal digits. */
function sha256(text) {
    return (0,external_node_crypto_.createHash)('sha256').update(text).digest('hex');
}
function inFolder(folder) {
    const all = glob((0,external_node_path_.join)(folder, '**'));
    return { files: all.filter((path) => !FOR_PEOPLE.test(path)), passedOver: all.filter((path) => FOR_PEOPLE.test(path)) };
}
function glob(pattern) {
    return (0,external_node_fs_.globSync)(pattern).filter((path) => (0,external_node_fs_.statSync)(path, { throwIfNoEntry: false })?.isFile() === true).sort();
}

;// CONCATENATED MODULE: ./build/shared/findings/hidden-secret.js

/**
 * Hides secrets by `mask` and names them by a keyed hash: the same secret has the same name in every report and run, and
 * nobody without the key can try out values against it. The repository's name will do as a key, but then who knows it can.
 */
function secretHider(mask, key) {
    return (value) => {
        mask(value);
        return (0,external_node_crypto_.createHmac)('sha256', key).update(value.trim()).digest('hex').slice(0, 32);
    };
}
/** Whether the scanner blotted the value out itself, wholly or in part: then it names no secret, and two of them are not the same. */
function isBlotted(value) {
    return !isTelling(value) || /[*•]{3}|x{8}|\.{3}$|…/i.test(value);
}
/** Whether a value has anything of a secret in it: what is partly blotted out still has. */
function isTelling(value) {
    return value.replace(/[^\p{L}\p{N}]/gu, '').length >= 2 && !/^\W*(?:redacted|censored|hidden|masked)\W*$/i.test(value);
}

;// CONCATENATED MODULE: ./build/shared/findings/package-name.js
// What tools call an ecosystem, and its purl type.
const ECOSYSTEMS = {
    npm: 'npm', 'node-pkg': 'npm', node: 'npm', yarn: 'npm', pnpm: 'npm', javascript: 'npm', bun: 'npm', nodejs: 'npm',
    pypi: 'pypi', pip: 'pypi', python: 'pypi', 'python-pkg': 'pypi', pipenv: 'pypi', poetry: 'pypi', uv: 'pypi', 'conda-pkg': 'conda',
    go: 'golang', golang: 'golang', gomod: 'golang', gobinary: 'golang', gomodules: 'golang', 'go-module': 'golang',
    maven: 'maven', jar: 'maven', pom: 'maven', gradle: 'maven', 'java-archive': 'maven', sbt: 'maven', java: 'maven',
    cargo: 'cargo', 'crates.io': 'cargo', rust: 'cargo', 'rust-binary': 'cargo', rustbinary: 'cargo', 'rust-crate': 'cargo',
    rubygems: 'gem', gem: 'gem', gemspec: 'gem', bundler: 'gem', ruby: 'gem',
    packagist: 'composer', composer: 'composer', php: 'composer', 'php-composer': 'composer', 'composer-vendor': 'composer',
    nuget: 'nuget', dotnet: 'nuget', 'dotnet-core': 'nuget', 'packages-props': 'nuget',
    pub: 'pub', hex: 'hex', swift: 'swift', swifturl: 'swift', cocoapods: 'cocoapods', conan: 'conan', githubactions: 'githubactions', actions: 'githubactions',
    debian: 'deb', ubuntu: 'deb', deb: 'deb', dpkg: 'deb', alpine: 'apk', apk: 'apk', wolfi: 'apk', chainguard: 'apk',
    redhat: 'rpm', rhel: 'rpm', centos: 'rpm', rocky: 'rpm', almalinux: 'rpm', alma: 'rpm', amazon: 'rpm', oracle: 'rpm', fedora: 'rpm', suse: 'rpm', opensuse: 'rpm', photon: 'rpm', rpm: 'rpm',
};
const SYSTEMS = ['deb', 'rpm', 'apk'];
/** The purl type of what a tool calls an ecosystem: `Debian:12` is `deb`. Undefined when it is not known. */
function ecosystemOf(word) {
    const key = word?.toLowerCase().replace(/[: ].*$/, '') ?? '';
    return Object.hasOwn(ECOSYSTEMS, key) ? ECOSYSTEMS[key] : undefined;
}
/**
 * What a purl names, or undefined for what is none: `pkg:maven/org.apache/x@1` is `org.apache/x` of maven.
 * https://github.com/package-url/purl-spec
 */
function parsePurl(purl) {
    const found = /^pkg:\/{0,2}([a-z][\w.+-]*)\/([^?#]+)/i.exec(purl);
    if (found?.[1] === undefined || found[2] === undefined)
        return undefined;
    const at = found[2].lastIndexOf('@');
    const hasVersion = at > found[2].lastIndexOf('/');
    const name = decoded((hasVersion ? found[2].slice(0, at) : found[2]).replace(/\/$/, ''));
    const ecosystem = found[1].toLowerCase();
    // The distribution is no part of a system package's name.
    const own = SYSTEMS.includes(ecosystem) ? name.slice(name.lastIndexOf('/') + 1) : name;
    return { ecosystem, name: own, ...(hasVersion ? { version: decoded(found[2].slice(at + 1)) } : {}) };
}
/** The name by which packages of different tools are compared; ecosystem `''` when nothing tells it. */
function packageName(given) {
    const purl = given.purl === undefined ? undefined : parsePurl(given.purl);
    const ecosystem = purl?.ecosystem ?? ecosystemOf(given.ecosystem) ?? given.ecosystem?.toLowerCase() ?? '';
    return { ecosystem, name: normalise(purl?.name ?? given.name, ecosystem) };
}
function normalise(name, ecosystem) {
    const lower = name.trim().toLowerCase();
    if (ecosystem === 'pypi')
        return lower.replace(/[-_.]+/g, '-'); // https://peps.python.org/pep-0503/
    // Snyk puts the source package in front: `openssl/libssl3`.
    if (SYSTEMS.includes(ecosystem))
        return lower.slice(lower.lastIndexOf('/') + 1);
    return ecosystem === 'maven' ? lower.replace(':', '/') : lower;
}
function decoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}

;// CONCATENATED MODULE: ./build/shared/findings/identity.js


/** Whether findings of a kind are about packages and named by advisories. */
function isVulnerability(kind) {
    return kind === 'sca' || kind === 'container';
}
/**
 * A finding's key: `vuln-3f9a1c2b7d4e5f60`. Of a vulnerability it depends on the preferred advisory and the package without its
 * version, of a secret on its keyed hash, of anything else on tool, rule, path and what the code there is; never on lines.
 */
function keyOf(parts) {
    const { kind, secretHash, licence } = parts;
    const of = parts.package === undefined ? undefined : packageName(parts.package);
    if (isVulnerability(kind) && of !== undefined)
        return key('vuln', parts.aliases[0] ?? parts.rule, of.ecosystem, of.name);
    if (kind === 'licence' && of !== undefined)
        return key('licence', (licence ?? parts.rule).toLowerCase(), of.ecosystem, of.name);
    if (kind === 'secrets' && secretHash !== undefined)
        return key('secret', secretHash);
    const name = isVulnerability(kind) ? 'vuln' : kind === 'secrets' ? 'secret' : kind;
    return key(name, parts.tool, parts.aliases[0] ?? parts.rule, parts.path ?? '', parts.fingerprint ?? '');
}
/** The key of the n-th finding, from 1, that nothing but its lines tells from the others in its report. */
function keyOfNth(first, n) {
    return n === 1 ? first : key(first.slice(0, first.lastIndexOf('-')), first, String(n));
}
/** Code as a fingerprint: without the spaces that formatters move. */
function codeFingerprint(code) {
    return code.replace(/\s+/g, ' ').trim().slice(0, 2_000);
}
// Where GitHub's runners and the usual containers have the sources. Absolute paths would make each machine's findings new.
const CHECKOUTS = /^(?:\/home\/runner\/work\/[^/]+\/[^/]+|\/github\/workspace|\/__w\/[^/]+\/[^/]+|[a-z]:\/a\/[^/]+\/[^/]+)(?=\/|$)/i;
/** A path as it is in the repository: relative to `root`, with `/`. An address stays as it is. */
function normalisePath(given, root) {
    const slashed = decodedFile(given).replaceAll('\\', '/');
    if (/^https?:\/\//i.test(slashed))
        return slashed;
    const inside = root !== undefined && slashed.startsWith(`${root}/`) ? slashed.slice(root.length) : slashed.replace(CHECKOUTS, '');
    const relative = inside === slashed ? slashed : inside.replace(/^\/+/, '');
    return relative.replace(/^(?:\.\/)+/, '').replace(/\/{2,}/g, '/');
}
function decodedFile(path) {
    if (!/^file:/i.test(path))
        return path;
    try {
        return decodeURIComponent(path.replace(/^file:\/{0,2}(?=\/|[a-z]:)/i, '').replace(/^\/(?=[a-z]:)/i, ''));
    }
    catch {
        return path;
    }
}
function key(name, ...parts) {
    return `${name}-${(0,external_node_crypto_.createHash)('sha256').update(JSON.stringify([name, ...parts])).digest('hex').slice(0, 16)}`;
}

;// CONCATENATED MODULE: ./build/shared/findings/alias.js
// The families of advisory names. GHSA's alphabet has no vowels and nothing that looks like another character.
const FAMILIES = [
    /CVE-\d{4}-\d{4,}/i,
    /GHSA(?:-[23456789cfghjmpqrvwx]{4}){3}/i,
    /(?:PYSEC|GO|RUSTSEC|MAL|HSEC|RSEC|OSV|BIT|PSF|CURL|ROOT|ECHO|MINI|CLEANSTART)-(?:[\w.]+-)?\d{4}-\d+/i,
    /(?:DSA|DLA|DTSA|USN|LSN|ELSA|GLSA|ASB-A|A)-\d+(?:-\d+)?/i,
    /(?:RHSA|RHBA|RHEA|ALSA|ALBA|ALEA|RLSA|RXSA|ALAS\w*|SUSE-[SRO]U|openSUSE-[SRO]U|MGASA|CGA|EEF)-[\w:.-]+/i,
    /SNYK-[A-Z0-9]+-[\w.-]+/i,
    /SFTY-\d{8}-\d+/i,
    /GMS-\d{4}-\d+/i,
    /(?:npm|pip|composer|rubygems|maven|golang):[\w@./-]+:\d{8}/,
];
const WHOLE = FAMILIES.map((family) => new RegExp(`^(?:${family.source})$`, family.flags));
const IN_TEXT = new RegExp(`\\b(?:${FAMILIES[0].source}|${FAMILIES[1].source}|PYSEC-\\d{4}-\\d+|GO-\\d{4}-\\d{4,}|RUSTSEC-\\d{4}-\\d{4})\\b`, 'gi');
/** An advisory's name as its database writes it (`cve-2021-1` is `CVE-2021-1`, `ghsa-X` is `GHSA-x`), or undefined for what names no advisory. */
function normaliseAlias(name) {
    const trimmed = name.trim();
    if (!WHOLE.some((family) => family.test(trimmed)))
        return undefined;
    if (/^ghsa-/i.test(trimmed))
        return `GHSA${trimmed.slice(4).toLowerCase()}`;
    return trimmed.includes(':') && /^[a-z]+:/.test(trimmed) ? trimmed : trimmed.toUpperCase();
}
/** The advisory names among some texts, each once, the preferred first: CVE, then GHSA, then by name. */
function aliasesOf(names) {
    const found = names.flatMap((name) => (name === undefined ? [] : normaliseAlias(name) ?? []));
    return [...new Set(found)].sort(compareAliases);
}
/** The names of advisories that a text or an address mentions. */
function aliasesIn(text) {
    return aliasesOf(text.match(IN_TEXT) ?? []);
}
function compareAliases(a, b) {
    return rank(a) - rank(b) || (a < b ? -1 : 1);
}
function rank(alias) {
    if (alias.startsWith('CVE-'))
        return 0;
    return alias.startsWith('GHSA-') ? 1 : 2;
}

;// CONCATENATED MODULE: ./build/shared/findings/union.js
/** So many things, each by itself. */
function createUnion(count) {
    const parents = Uint32Array.from({ length: count }, (_, index) => index);
    const rootOf = (of) => {
        let at = of;
        while (parents[at] !== at) {
            parents[at] = parents[parents[at]];
            at = parents[at];
        }
        return at;
    };
    return {
        rootOf,
        join(a, b) {
            const [low, high] = [rootOf(a), rootOf(b)].sort((one, other) => one - other);
            parents[high] = low;
        },
    };
}

;// CONCATENATED MODULE: ./build/shared/findings/merge.js





const MOST_LOCATIONS = 100;
/**
 * The problems behind findings of several reports, each once, the worst first. Vulnerabilities are the same when one of their
 * names and the package are; secrets when their value is; anything else when the same tool means the same place.
 * The severity is the highest of the sources'. The order of the given findings does not matter.
 */
function mergeFindings(findings) {
    const ordered = findings.toSorted((a, b) => compare(a.key, b.key) || compare(a.tool, b.tool) || compare(a.location?.path ?? '', b.location?.path ?? '') || compareSeverity(a.severity, b.severity));
    const union = createUnion(ordered.length);
    joinByKey(ordered, union);
    joinByAlias(ordered, union);
    const groups = Map.groupBy(ordered.keys(), union.rootOf);
    return [...groups.values()].map((indices) => merged(indices.map((index) => ordered[index])))
        .sort((a, b) => compareSeverity(a.severity, b.severity) || compare(a.key, b.key));
}
function joinByKey(findings, { join }) {
    const first = new Map();
    for (const [index, { key, kind, tool, rule, location, secretHash, package: of }] of findings.entries()) {
        const isAtPlace = !isVulnerability(kind) && of === undefined && secretHash === undefined && location?.line !== undefined;
        // SARIF and a tool's own format fingerprint differently; rule and line are the same.
        const names = isAtPlace ? [key, JSON.stringify([kind, tool, rule, location.path, location.line])] : [key];
        for (const name of names)
            join(first.get(name) ?? index, index);
        for (const name of names)
            if (!first.has(name))
                first.set(name, index);
    }
}
// A package without an ecosystem, or none at all, is taken for the only one that the advisory is otherwise about.
function joinByAlias(findings, { join }) {
    const byAlias = new Map();
    for (const [index, finding] of findings.entries()) {
        if (!isVulnerability(finding.kind))
            continue;
        const of = finding.package === undefined ? undefined : packageName(finding.package);
        for (const alias of finding.aliases) {
            const known = byAlias.get(alias) ?? [];
            byAlias.set(alias, known);
            known.push({ index, ecosystem: of?.ecosystem ?? '', name: of?.name });
        }
    }
    for (const all of byAlias.values())
        joinNamed(all, join);
}
function joinNamed(all, join) {
    const byName = Map.groupBy(all.filter(({ name }) => name !== undefined), ({ name }) => name);
    for (const same of byName.values()) {
        const ecosystems = Map.groupBy(same, ({ ecosystem }) => ecosystem);
        for (const one of ecosystems.values())
            joinAll(one, join);
        const known = [...ecosystems.keys()].filter((ecosystem) => ecosystem !== '');
        if (known.length === 1)
            joinAll(same, join);
    }
    const nameless = all.filter(({ name }) => name === undefined);
    joinAll(nameless, join);
    if (byName.size === 1)
        joinAll([...nameless.slice(0, 1), ...all.filter(({ name }) => name !== undefined).slice(0, 1)], join);
}
function joinAll(all, join) {
    for (const one of all.slice(1))
        join(all[0].index, one.index);
}
// Sources that set it aside do not make it less; it is set aside when all of them do.
function merged(sources) {
    const open = sources.filter(({ suppressedBy }) => suppressedBy === undefined);
    const counted = open.length > 0 ? open : sources;
    const severity = worst(counted.map((one) => one.severity));
    const main = counted.find((one) => one.severity === severity);
    const aliases = aliasesOf(sources.flatMap((one) => one.aliases));
    const epss = sources.flatMap((one) => one.epss ?? []);
    return {
        ...unjudged(main), ...filledIn(sources), ...scopeOf(sources), ...(open.length > 0 || main.suppressedBy === undefined ? {} : { suppressedBy: main.suppressedBy }),
        key: keyOfAll(main, aliases, sources), aliases, severity, fixedIn: [...new Set(sources.flatMap((one) => one.fixedIn))],
        cwes: [...new Set(sources.flatMap((one) => one.cwes))].sort(), occurrences: Math.max(...sources.map((one) => one.occurrences)),
        keys: [...new Set([keyOfAll(main, aliases, sources), ...sources.map((one) => one.key)])].sort(),
        kinds: [...new Set(sources.map((one) => one.kind))].sort(), tools: [...new Set(sources.map((one) => one.tool))].sort(),
        locations: locationsOf(sources), sources, isDisputed: isDisputed(counted),
        ...(sources.some((one) => one.knownExploited === true) ? { knownExploited: true } : {}), ...(epss.length > 0 ? { epss: Math.max(...epss) } : {}),
    };
}
// What depends on all sources is left out.
function unjudged(main) {
    return Object.fromEntries(Object.entries(main).filter(([name]) => !['suppressedBy', 'scope', 'otherLocations'].includes(name)));
}
// What one source lacks another may have.
function filledIn(sources) {
    const of = sources.map((one) => one.package).filter((one) => one !== undefined).sort((a, b) => Number(a.purl === undefined) - Number(b.purl === undefined))[0];
    const seen = sources.flatMap((one) => one.firstSeen ?? []).sort()[0];
    return { ...(of === undefined ? {} : { package: of }), ...(seen === undefined ? {} : { firstSeen: seen }) };
}
// For development only when every source says so.
function scopeOf(sources) {
    const scopes = new Set(sources.map(({ scope }) => scope));
    if (scopes.has('runtime'))
        return { scope: 'runtime' };
    return scopes.size === 1 && scopes.has('development') ? { scope: 'development' } : {};
}
// By the names all sources together know, so that it does not depend on which tool told the preferred one.
function keyOfAll(main, aliases, sources) {
    if (!isVulnerability(main.kind) || aliases.length === 0)
        return sources.length === 1 ? main.key : sources.map(({ key }) => key).sort()[0];
    const named = sources.map((one) => one.package).find((one) => one !== undefined && packageName(one).ecosystem !== '') ?? main.package;
    return keyOf({ kind: main.kind, tool: main.tool, rule: main.rule, aliases, package: named, path: main.location?.path });
}
function isDisputed(sources) {
    const byTool = Map.groupBy(sources, ({ tool }) => tool);
    const judged = [...byTool.values()].map((all) => worst(all.map((one) => one.severity))).filter((severity) => severity !== 'unknown');
    return new Set(judged).size > 1;
}
function locationsOf(sources) {
    const all = sources.flatMap(({ location, otherLocations = [] }) => (location === undefined ? [] : [location, ...otherLocations])).map((location) => [`${location.path}:${location.line ?? ''}`, location]);
    return [...new Map(all).values()].sort((a, b) => compare(a.path, b.path) || (a.line ?? 0) - (b.line ?? 0)).slice(0, MOST_LOCATIONS);
}
function compare(a, b) {
    return a === b ? 0 : a < b ? -1 : 1;
}

;// CONCATENATED MODULE: external "node:v8"
const external_node_v8_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:v8");
;// CONCATENATED MODULE: ./build/shared/system/heap.js

/**
 * From now on the part of the heap where new objects are made grows no further. By itself it grows to 100 MB and more under a stream
 * of short-lived objects, and never gives that back, though a tenth of it serves as well.
 */
function keepHeapSmall() {
    (0,external_node_v8_namespaceObject.setFlagsFromString)('--semi-space-growth-factor=1');
}

;// CONCATENATED MODULE: ./build/shared/findings/plain-text.js
/**
 * Foreign text made fit for one line: control characters and marks that turn the direction of writing are spaces, and it is cut
 * after `most` characters. What was cut is a copy, so that it keeps no larger text alive.
 */
function plainText(text, most = 300) {
    const line = text.slice(0, most * 4).replace(/[\s\u0000-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]+/g, ' ').trim();
    const short = line.length > most || text.length > most * 4 ? `${line.slice(0, most).toWellFormed()}…` : line;
    return text.length > most ? Buffer.from(short).toString() : short;
}

;// CONCATENATED MODULE: ./build/shared/findings/draft.js




const LONG_TEXT = 1_000;
/** The tool's own judgement: the first of a draft's claims that says anything. */
function severityOf({ claims = [] }) {
    return claims.find(({ severity }) => severity !== 'unknown')?.severity ?? 'unknown';
}
/** Hides what a draft holds of secrets; the hash of the one it is known by, and a way to say texts without any of them. */
function concealed(draft, hide) {
    const hidden = [draft.secret, ...draft.conceal ?? []].filter((value) => value !== undefined && isTelling(value));
    const hashes = hidden.map(hide);
    const isKnown = draft.secret !== undefined && hidden[0] === draft.secret && !isBlotted(draft.secret);
    return { secretHash: isKnown ? hashes[0] : undefined, say: speaker(hidden) };
}
/** The finding that a draft is. Secrets are hidden before anything else is done with it. */
function complete(draft, { tool, hide, root }) {
    const { secretHash, say } = concealed(draft, hide);
    const rule = say(draft.rule);
    const aliases = aliasesOf([draft.rule, ...draft.aliases ?? []]);
    const path = draft.path === undefined || draft.path === '' ? undefined : say(normalisePath(draft.path, root));
    const claims = draft.claims ?? [];
    const fingerprint = draft.fingerprint ?? (draft.code === undefined ? undefined : codeFingerprint(draft.code));
    const ownTool = draft.tool ?? tool;
    return compact({
        key: keyOf({ kind: draft.kind, tool: ownTool, rule, aliases, package: packageOf(draft), path, licence: draft.licence, secretHash, fingerprint }),
        kind: draft.kind, tool: ownTool, rule, aliases, title: say(draft.title ?? draft.message ?? draft.rule, 200),
        message: draft.message === undefined || draft.message === draft.title ? undefined : say(draft.message, LONG_TEXT),
        package: packageOf(draft), fixedIn: versionsOf(draft.fixedIn),
        location: path === undefined ? undefined : compact({ path, line: lineOf(draft.line), endLine: lineOf(draft.endLine) }),
        severity: severityOf(draft), claims: distinct(claims),
        scope: draft.scope, firstSeen: draft.firstSeen === undefined ? undefined : isoTime(draft.firstSeen),
        suppressedBy: draft.suppressedBy === undefined ? undefined : compact({ by: say(draft.suppressedBy.by), reason: draft.suppressedBy.reason === undefined ? undefined : say(draft.suppressedBy.reason) }),
        secretHash, cwes: cwesOf(draft.cwes), url: urlOf(draft.url, say), knownExploited: draft.knownExploited, epss: draft.epss,
        licence: draft.licence === undefined ? undefined : say(draft.licence), occurrences: 1,
    });
}
/** A time in any of the forms tools write it, as ISO 8601 in UTC; undefined for what is no time. */
function isoTime(text) {
    // Go prints nanoseconds and a zone's name.
    const given = text.trim().replace(/(\.\d{3})\d+/, '$1').replace(/ UTC$/, 'Z').replace(/ ([+-]\d{2}):?(\d{2})(?: \w+)?$/, '$1:$2');
    // Without a zone it is UTC, which runners have; the machine that reads may have another.
    const zoned = /[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/.test(given) ? given.replace(/^(\d{4}-\d{2}-\d{2}) /, '$1T').replace(/$/, given.startsWith('2') ? 'Z' : ' UTC') : given;
    const time = new Date(zoned);
    return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
function speaker(secrets) {
    const telling = secrets.map((secret) => secret.trim()).filter((secret) => secret.length > 1);
    return (text, most) => plainText(telling.reduce((rest, secret) => rest.replaceAll(secret, '***'), text), most);
}
function packageOf({ package: given }) {
    if (given === undefined)
        return undefined;
    const { name, version, ecosystem, purl } = given;
    return compact({ name: plainText(name), version: filled(version), ecosystem: filled(ecosystem), purl: filled(purl) });
}
function filled(text) {
    return text === undefined || text === '' ? undefined : plainText(text);
}
function versionsOf(given = []) {
    const versions = given.flatMap((one) => (one ?? '').split(/,\s*/)).map((one) => plainText(one, 100)).filter((one) => one !== '');
    return [...new Set(versions)].slice(0, 20);
}
function cwesOf(given = []) {
    const numbers = given.flatMap((one) => /(?:^|cwe-)(\d+)/i.exec(String(one ?? ''))?.[1] ?? []).filter((one) => Number(one) > 0);
    return [...new Set(numbers.map((one) => `CWE-${Number(one)}`))].slice(0, 20);
}
function urlOf(url, say) {
    return url !== undefined && /^https?:\/\//i.test(url) && url.length < 500 ? say(url, 500) : undefined;
}
function lineOf(line) {
    return line !== undefined && Number.isInteger(line) && line > 0 ? line : undefined;
}
function distinct(claims) {
    const told = claims.map((claim) => ({ ...claim, text: plainText(claim.text, 150) }));
    if (told.length < 2)
        return told;
    return [...new Map(told.map((claim) => [JSON.stringify(claim), claim])).values()].slice(0, 12);
}
// Members that are undefined are left out, as the types promise.
function compact(value) {
    const filled = {};
    for (const [name, one] of Object.entries(value))
        if (one !== undefined)
            filled[name] = one;
    return filled;
}

;// CONCATENATED MODULE: ./build/shared/findings/finding.js
/** The kinds of evidence a policy can ask for. */
const KINDS = ['sast', 'sca', 'container', 'secrets', 'dast', 'iac', 'licence'];

;// CONCATENATED MODULE: ./build/shared/findings/sign-collector.js


// Every file of a repository may be one; people read the first few.
const sign_collector_MOST = 20;
/** Collects what a tool tells of its own run: lists of sentences, of limited length, and the oldest of several times. */
function createSignCollector() {
    const lists = { failures: sentences(), gaps: sentences(), nothingScanned: sentences(), remarks: sentences() };
    const subject = { commits: new Set(), digests: new Set(), names: new Set() };
    const times = {};
    const scanned = new Map();
    const older = (name) => (time) => {
        const iso = time === undefined ? undefined : isoTime(time);
        if (iso !== undefined && (times[name] === undefined || iso < times[name]))
            times[name] = iso;
    };
    return {
        collect: {
            failure: lists.failures.add, gap: lists.gaps.add, nothingScanned: lists.nothingScanned.add, remark: lists.remarks.add,
            scanned: (count, of) => { scanned.set(of, (scanned.get(of) ?? 0) + count); },
            createdAt: older('createdAt'), databaseAt: older('databaseAt'),
            subject: (of, value) => { if (value !== undefined && value !== '' && subject[of].size < sign_collector_MOST)
                subject[of].add(plainText(value)); },
        },
        collected: () => ({
            failures: lists.failures.all(), gaps: lists.gaps.all(), nothingScanned: lists.nothingScanned.all(), remarks: lists.remarks.all(),
            ...scannedMost(scanned), ...times, subject: { commits: [...subject.commits], digests: [...subject.digests], names: [...subject.names] },
        }),
    };
}
function scannedMost(scanned) {
    const [most] = [...scanned].sort(([, a], [, b]) => b - a);
    return most === undefined ? {} : { scanned: { count: most[1], of: most[0] } };
}
function sentences() {
    const kept = new Set();
    let more = 0;
    return {
        add(sentence) {
            if (kept.size < sign_collector_MOST)
                kept.add(plainText(sentence, 400).replace(/\.{2,}$/, '.'));
            else
                more++;
        },
        all: () => (more === 0 ? [...kept] : [...kept, `And ${more} more of the sort.`]),
    };
}

;// CONCATENATED MODULE: ./build/shared/findings/collector.js






// Four times what GitHub shows of a run; a report of a million takes no more memory than this allows. Beyond it nothing is compared
// any more, so that a finding which is there twice counts twice.
const collector_MOST = 20_000;
const collector_MOST_LOCATIONS = 20;
/** A collector, and what to call when the report is read. */
function createCollector({ hide, root, most = collector_MOST }) {
    const tools = [];
    const versions = [];
    const kinds = new Set();
    const [open, suppressed] = [shelf(), shelf()];
    const signs = createSignCollector();
    const collect = {
        ...signs.collect,
        tool(name, version) {
            if (!tools.includes(toolName(name)))
                tools.push(toolName(name));
            if (version !== undefined && version !== '')
                versions.push(plainText(version, 60));
        },
        kind(...more) { for (const kind of more)
            kinds.add(kind); },
        add(draft) {
            kinds.add(draft.kind);
            const tool = draft.tool === undefined ? tools[0] ?? 'unknown' : toolName(draft.tool);
            const on = draft.suppressedBy === undefined ? open : suppressed;
            const severity = severityOf(draft);
            if ((on.counts.get(severity) ?? 0) < most)
                put(on, complete({ ...draft, tool }, { tool, hide, root }));
            else {
                concealed(draft, hide);
                on.beyond.set(severity, (on.beyond.get(severity) ?? 0) + 1);
            }
        },
    };
    return { collect, collected: () => ({
            tools, ...(versions[0] === undefined ? {} : { toolVersion: versions[0] }), kinds: KINDS.filter((kind) => kinds.has(kind)),
            signs: signs.collected(), findings: sorted(open), suppressed: sorted(suppressed), ...(open.beyond.size === 0 ? {} : { beyond: Object.fromEntries(open.beyond) }),
        }) };
}
/** A tool's name as policies write it: `OWASP Dependency-Check` is `dependency-check`. */
function toolName(name) {
    const plain = plainText(name, 60).toLowerCase().replace(/^owasp\s+/, '').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
    return plain === '' ? 'unknown' : plain;
}
function shelf() {
    return { byKey: new Map(), places: new Map(), nth: new Map(), counts: new Map(), beyond: new Map() };
}
function put(on, finding) {
    const key = ownKey(on, finding);
    const before = on.byKey.get(key);
    on.byKey.set(key, before === undefined ? (key === finding.key ? finding : { ...finding, key }) : again(before, finding));
    if (before === undefined)
        on.counts.set(finding.severity, (on.counts.get(finding.severity) ?? 0) + 1);
}
// Two findings of a rule in one file are two, if they are at different places; a package or a secret is one wherever it is.
function ownKey({ places, nth }, { key, kind, location, package: of, secretHash }) {
    if (of !== undefined || secretHash !== undefined || location === undefined || kind === 'dast')
        return key;
    const place = `${key}:${location.line ?? ''}:${location.endLine ?? ''}`;
    const known = places.get(place);
    if (known !== undefined)
        return known;
    const n = (nth.get(key) ?? 0) + 1;
    nth.set(key, n);
    const own = keyOfNth(key, n);
    places.set(place, own);
    return own;
}
function again(before, more) {
    const occurrences = before.occurrences + 1;
    const fixedIn = before.fixedIn.length === 0 ? more.fixedIn : before.fixedIn;
    const worse = SEVERITIES.indexOf(more.severity) < SEVERITIES.indexOf(before.severity) ? { ...before, severity: more.severity, claims: more.claims } : before;
    return { ...worse, fixedIn, occurrences, ...otherLocations(before, more) };
}
function otherLocations({ location, otherLocations: others = [] }, more) {
    const isNew = more.location !== undefined && ![location, ...others].some((one) => one?.path === more.location?.path && one?.line === more.location?.line);
    return isNew && others.length < collector_MOST_LOCATIONS ? { otherLocations: [...others, more.location] } : {};
}
function sorted({ byKey }) {
    return [...byKey.values()].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || (a.key < b.key ? -1 : 1));
}

;// CONCATENATED MODULE: ./build/shared/findings/damage.js
/**
 * Thrown where a report is not what its format promises. The message is one sentence for people.
 * It never quotes the report's values: they may hold a secret that nothing has masked yet.
 */
class Damage extends Error {
    name = 'Damage';
}
/** A member's name as a fault may show it: names that look like anything but a name are left out. */
function shownKey(key) {
    return typeof key === 'number' || /^[\w@$./-]{1,60}$/.test(key) ? String(key) : '…';
}
/** `runs.0.results`: where in a report something is. */
function shownPath(keys) {
    return keys.length === 0 ? 'the document' : keys.map(shownKey).join('.');
}
/** What a JSON value is, for people. */
function typeName(value) {
    if (value === null)
        return 'null';
    if (Array.isArray(value))
        return 'a list';
    return { string: 'a text', number: 'a number', boolean: 'true or false', object: 'an object' }[typeof value] ?? 'nothing';
}

// EXTERNAL MODULE: ./node_modules/ae-cvss-calculator/dist/ae-cvss-calculator.js
var ae_cvss_calculator = __nccwpck_require__(4353);
;// CONCATENATED MODULE: ./build/shared/findings/cvss.js


/** A CVSS base score with its version; `undefined` for a vector that is incomplete or none. Threat and environment are left out: they are others'. */
function scoreOfVector(vector) {
    const text = vector.trim().replace(/^\((.*)\)$/, '$1').replace(/^CVSS2[#:]/, '');
    if (/^CVSS:4\.\d\//.test(text))
        return scored(4, () => new ae_cvss_calculator.Cvss4P0(`CVSS:4.0/${base(text, BASE_4)}`));
    if (text.startsWith('CVSS:3.0/'))
        return scored(3, () => new ae_cvss_calculator.Cvss3P0(`CVSS:3.0/${base(text, BASE_3)}`));
    if (text.startsWith('CVSS:3.'))
        return scored(3, () => new ae_cvss_calculator.Cvss3P1(`CVSS:3.1/${base(text, BASE_3)}`));
    return /^AV:[LAN]\//.test(text) ? scored(2, () => new ae_cvss_calculator.Cvss2(base(text, BASE_2))) : undefined;
}
// The library prints what it does not know, and what is printed here could be a command to the runner.
const BASE_2 = /^(?:AV:[LAN]|AC:[HML]|Au:[MSN]|[CIA]:[NPC])$/;
const BASE_3 = /^(?:AV:[NALP]|AC:[LH]|PR:[NLH]|UI:[NR]|S:[UC]|[CIA]:[NLH])$/;
const BASE_4 = /^(?:AV:[NALP]|AC:[LH]|AT:[NP]|PR:[NLH]|UI:[NPA]|[VS][CIA]:[NLH])$/;
function base(vector, metric) {
    return vector.split('/').filter((part) => metric.test(part)).join('/');
}
/** What a vector says of the severity; `undefined` when nothing can be computed from it. */
function claimOfVector(vector, source) {
    const found = scoreOfVector(vector);
    if (found === undefined)
        return undefined;
    return { severity: severityOfScore(found.score, found.version), from: 'vector', text: vector, score: found.score, vector, ...(source === undefined ? {} : { source }) };
}
function scored(version, calculator) {
    try {
        const vector = calculator();
        const scores = vector.calculateScores(false);
        const score = 'baseMetricsOnly' in scores ? scores.baseMetricsOnly : scores.base;
        return vector.isBaseFullyDefined() && score !== undefined ? { score, version } : undefined;
    }
    catch {
        return undefined; // it throws on what is no vector
    }
}

;// CONCATENATED MODULE: ./build/shared/findings/claim.js


/** What a word says of the severity; nothing when there is no word, unknown when it is none we know. */
function labelled(word, source) {
    return word === undefined || word.trim() === '' ? [] : [{ severity: severityOfWord(word), from: 'label', text: word, ...from(source) }];
}
/** What a CVSS base score says; nothing when there is none. A score of 0 beside no vector is how several tools write "none given". */
function claim_scored(score, version = 3, source, vector) {
    if (score === undefined || (score === 0 && vector === undefined))
        return [];
    return [{ severity: severityOfScore(score, version), from: 'score', text: String(score), score, ...(vector === undefined ? {} : { vector }), ...from(source) }];
}
/** What a CVSS vector says; nothing when there is none, or it is incomplete. */
function vectored(vector, source) {
    const claim = vector === undefined ? undefined : claimOfVector(vector, source);
    return claim === undefined ? [] : [claim];
}
/** What a tool's own level says, by that tool's table. */
function levelled(severity, level) {
    return [{ severity, from: 'level', text: level }];
}
/** What we say where the tool says nothing: `because` is the reason, for people. */
function ruled(severity, because) {
    return [{ severity, from: 'rule', text: because }];
}
/** The CVSS version that a vector or a version number is of. */
function cvssVersion(text) {
    const digit = text === undefined ? undefined : /^(?:CVSS:)?([234])\b/.exec(text)?.[1];
    if (digit !== undefined)
        return Number(digit);
    return text?.startsWith('AV:') === true ? 2 : 3;
}
function from(source) {
    return source === undefined || source === '' ? {} : { source };
}

;// CONCATENATED MODULE: ./build/shared/findings/json-shape.js
/** A value wanted whole: it has to fit in memory. */
function value(take) {
    return { kind: 'value', take };
}
/** A value that handlers beside or below it ask for; kept as `reduce` leaves it. */
function fact(reduce = (whole) => whole) {
    return { kind: 'fact', reduce };
}
/** A list or map, however long, read one element at a time into one fact: the list of what `reduce` makes of them, without undefined. */
function gather(reduce) {
    return { kind: 'gather', reduce };
}
/** An object of which some members matter; `done` is called at its end. */
function members(of, done) {
    return { kind: 'members', of, done };
}
/** A list, however long. */
function json_shape_elements(of) {
    return { kind: 'elements', of };
}
/** An object used as a map, however long. */
function entries(of) {
    return { kind: 'entries', of };
}
/** A place where a tool writes now a list, now an object. */
function either(list, object) {
    return { kind: 'either', list, object };
}
/** A fact of this scope or the nearest one around it that has it. */
function factOf(scope, name) {
    for (let at = scope; at !== undefined; at = at.parent)
        if (Object.hasOwn(at.facts, name))
            return at.facts[name];
    return undefined;
}
/** The same, where it is a text. */
function factText(scope, name) {
    const found = factOf(scope, name);
    return typeof found === 'string' ? found : undefined;
}
/** The keys that lead to a scope from the document's top. */
function pathOf(scope) {
    const keys = [];
    for (let at = scope; at?.parent?.parent !== undefined; at = at.parent)
        keys.unshift(at.key);
    return keys;
}

;// CONCATENATED MODULE: ./build/shared/findings/fields.js


/** The fields of a value. @throws {Damage} when it is no object. */
function fields(value, ...path) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
        throw wrong(path, value, 'an object');
    return { path, members: value };
}
/** The shape of a list, however long, of which each object is handed over as its fields. */
function objects(take) {
    return json_shape_elements(object(take));
}
/** The shape of an object that is handed over as its fields. */
function object(take) {
    return value((one, scope, key) => { take(fields(one, ...pathOf(scope), key), scope, key); });
}
/** The shape of a text, or of a number taken as text. */
function wording(take) {
    return value((one, scope, key) => { take(textOrNumber({ path: pathOf(scope), members: { [key]: one } }, String(key)) ?? ''); });
}
/** A text. @throws {Damage} */
function fields_text(of, name) {
    const value = member(of, name);
    if (value !== undefined && typeof value !== 'string')
        throw wrong([...of.path, name], value, 'a text');
    return value;
}
/** A text that has to be there and not be empty. @throws {Damage} */
function need(of, name) {
    const value = fields_text(of, name);
    if (value === undefined || value === '')
        throw new Damage(`${shownPath([...of.path, name])} is missing`);
    return value;
}
/** A text, or a number as text: tools do not agree on ids. @throws {Damage} */
function textOrNumber(of, name) {
    const value = member(of, name);
    return typeof value === 'number' ? String(value) : fields_text(of, name);
}
/** A number, also where it is written as text. @throws {Damage} */
function number(of, name) {
    const value = member(of, name);
    if (value === undefined || value === '')
        return undefined;
    const number = typeof value === 'string' ? Number(value) : value;
    if (typeof number !== 'number' || Number.isNaN(number))
        throw wrong([...of.path, name], value, 'a number');
    return number;
}
/** True or false. @throws {Damage} */
function flag(of, name) {
    const value = member(of, name);
    if (value !== undefined && typeof value !== 'boolean')
        throw wrong([...of.path, name], value, 'true or false');
    return value;
}
/** The fields of an object; of an empty one when there is none. @throws {Damage} */
function inner(of, name) {
    return fields(member(of, name) ?? {}, ...of.path, name);
}
/** A list; empty when there is none. @throws {Damage} */
function list(of, name) {
    const value = member(of, name) ?? [];
    if (!Array.isArray(value))
        throw wrong([...of.path, name], value, 'a list');
    return value;
}
/** The fields of each object in a list. @throws {Damage} */
function each(of, name) {
    return list(of, name).map((value, index) => fields(value, ...of.path, name, index));
}
/** The texts of a list; a single text counts as a list of one. @throws {Damage} */
function texts(of, name) {
    const value = member(of, name);
    if (typeof value === 'string')
        return value === '' ? [] : [value];
    return list(of, name).map((one, index) => {
        if (typeof one !== 'string')
            throw wrong([...of.path, name, index], one, 'a text');
        return one;
    });
}
/** Whether a member is there and not null. */
function has(of, name) {
    return member(of, name) !== undefined;
}
function member({ members }, name) {
    return Object.hasOwn(members, name) ? members[name] ?? undefined : undefined;
}
function wrong(path, value, wanted) {
    return new Damage(`${shownPath(path)} is ${typeName(value)}, expected is ${wanted}`);
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/anchore.js



/** Anchore Engine's and Enterprise's vulnerabilities of an image. https://docs.anchore.com/current/docs/integration/api_cli */
const anchore = {
    name: 'anchore',
    recognise: (sketch) => sketch.has('imageDigest', 'vulnerabilities') || sketch.has('image_digest', 'vulnerabilities') || sketch.has('vulnerabilities.#.vuln', 'vulnerabilities.#.package'),
    read(collect) {
        collect.tool('anchore');
        collect.kind('container');
        return { shape: members({
                imageDigest: wording((digest) => { collect.subject('digests', digest); }),
                image_digest: wording((digest) => { collect.subject('digests', digest); }),
                vulnerabilities: objects((one) => { collect.add(draftOf(one)); }),
            }, ({ seen }) => { if (!seen.has('vulnerabilities'))
                collect.failure('It has no list of vulnerabilities, not even an empty one.'); }) };
    },
};
function draftOf(one) {
    const fix = fields_text(one, 'fix');
    const scores = each(one, 'nvd_data').map((data) => number(inner(data, 'cvss_v3'), 'base_score')).filter((score) => (score ?? 0) > 0);
    return {
        kind: 'container', rule: need(one, 'vuln'), aliases: each(one, 'nvd_data').map((data) => fields_text(data, 'id')), url: fields_text(one, 'url'),
        package: { name: fields_text(one, 'package_name') ?? need(one, 'package'), version: fields_text(one, 'package_version'), ecosystem: fields_text(one, 'package_type'), purl: fields_text(one, 'purl') },
        fixedIn: fix === undefined || fix === 'None' ? [] : texts(one, 'fix'), path: fields_text(one, 'package_path') === 'pkgdb' ? undefined : fields_text(one, 'package_path'),
        claims: [...labelled(need(one, 'severity')), ...scores.flatMap((score) => claim_scored(score, 3, 'nvd'))],
    };
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/bandit.js



// Their text quotes what they take for a password.
const PASSWORD_TESTS = ['B105', 'B106', 'B107'];
/** Bandit's JSON. https://github.com/PyCQA/bandit/blob/main/bandit/formatters/json.py */
const bandit = {
    name: 'bandit',
    recognise: (sketch) => sketch.has('errors', 'generated_at', 'metrics') || sketch.has('results.#.test_id', 'results.#.issue_severity'),
    read(collect) {
        collect.tool('bandit');
        collect.kind('sast');
        let files = 0;
        return { shape: members({
                errors: objects((one) => { collect.gap(`${fields_text(one, 'filename') ?? 'A file'} was not checked: ${fields_text(one, 'reason') ?? 'it does not say why'}.`); }),
                generated_at: wording((time) => { collect.createdAt(time); }),
                metrics: entries(value((_of, _scope, name) => { if (name !== '_totals')
                    files++; })),
                results: objects((one) => { collect.add(bandit_draftOf(one)); }),
            }, ({ seen }) => {
                if (!seen.has('results'))
                    collect.failure('It has no results, not even none.');
                if (seen.has('metrics'))
                    collect.scanned(files, 'files');
            }) };
    },
};
function bandit_draftOf(one) {
    const rule = need(one, 'test_id');
    const line = number(one, 'line_number');
    const said = need(one, 'issue_text');
    const holdsPassword = PASSWORD_TESTS.includes(rule);
    return {
        kind: 'sast', rule, title: `${fields_text(one, 'test_name') ?? rule}: ${said}`, message: said, path: need(one, 'filename'), line,
        conceal: holdsPassword ? [/: '(.*)'$/s.exec(said)?.[1]] : [], code: holdsPassword ? undefined : bandit_lineOf(fields_text(one, 'code'), line),
        claims: labelled(need(one, 'issue_severity')), cwes: [textOrNumber(inner(one, 'issue_cwe'), 'id')], url: fields_text(one, 'more_info'),
    };
}
// `code` is a few lines, each with its number in front.
function bandit_lineOf(code, line) {
    return code?.split('\n').find((one) => one.startsWith(`${line} `))?.slice(String(line).length);
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/checkov.js



/** Checkov's JSON: an object, or a list of one for each framework. https://www.checkov.io/8.Outputs/JSON.html */
const checkov = {
    name: 'checkov',
    recognise: (sketch) => ['', '#.'].some((at) => sketch.has(`${at}check_type`, `${at}results`) || sketch.has(`${at}summary.checkov_version`) || sketch.has(`${at}results.failed_checks`)) || sketch.has('passed', 'failed', 'checkov_version'),
    read(collect) {
        collect.tool('checkov');
        collect.kind('iac');
        const one = framework(collect);
        return { shape: either(json_shape_elements(one), one) };
    },
};
function framework(collect) {
    return members({
        check_type: fact(),
        checkov_version: wording((version) => { collect.tool('checkov', version); }),
        summary: object((of) => { tellSummary(collect, of); }),
        results: members({
            failed_checks: objects((check, scope) => { collect.add(checkov_draftOf(check, scope)); }),
            skipped_checks: objects((check, scope) => { collect.add({ ...checkov_draftOf(check, scope), suppressedBy: { by: 'a checkov:skip comment', reason: fields_text(inner(check, 'check_result'), 'suppress_comment') ?? '' } }); }),
            parsing_errors: json_shape_elements(value((path) => { collect.gap(`${typeof path === 'string' ? path : 'A file'} could not be read by Checkov.`); })),
        }),
    }, ({ seen }) => { if (!seen.has('results'))
        collect.nothingScanned('Checkov found no file that it knows.'); });
}
function tellSummary(collect, of) {
    collect.tool('checkov', fields_text(of, 'checkov_version'));
    const checks = (number(of, 'passed') ?? 0) + (number(of, 'failed') ?? 0) + (number(of, 'skipped') ?? 0);
    collect.scanned(checks, 'checks');
    const broken = number(of, 'parsing_errors') ?? 0;
    if (broken > 0)
        collect.gap(`Checkov could not read ${broken} files.`);
}
function checkov_draftOf(check, scope) {
    const lines = list(check, 'file_line_range').map(Number);
    const type = factText(scope, 'check_type') ?? '';
    return {
        kind: kindOf(type), rule: need(check, 'check_id'), title: fields_text(check, 'check_name'), path: (fields_text(check, 'repo_file_path') ?? need(check, 'file_path')).replace(/^\//, ''),
        line: lines[0], endLine: lines[1], fingerprint: fields_text(check, 'resource'), claims: labelled(fields_text(check, 'severity')), url: fields_text(check, 'guideline'),
    };
}
function kindOf(type) {
    if (type === 'secrets')
        return 'secrets';
    if (type.startsWith('sast'))
        return 'sast';
    return type === 'sca_package' || type === 'sca_image' ? 'sca' : 'iac';
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/clair.js




/** Clair 4's report, and that of clair-scanner for older ones. https://github.com/quay/clair/blob/main/Documentation/reference/api.md */
const clair = {
    name: 'clair',
    recognise: (sketch) => sketch.has('manifest_hash', 'packages') || sketch.has('package_vulnerabilities', 'vulnerabilities') || sketch.has('image', 'unapproved', 'vulnerabilities'),
    read(collect) {
        collect.tool('clair');
        collect.kind('container');
        return { shape: members({
                manifest_hash: wording((hash) => { collect.subject('digests', hash); }),
                image: wording((name) => { collect.subject('names', name); }),
                packages: fact(), unapproved: fact(),
                vulnerabilities: { kind: 'either', list: objects((one) => { collect.add(oldDraft(one)); }), object: fact() },
                package_vulnerabilities: entries(value((ids, scope, of) => { addAll(collect, ids, scope, String(of)); })),
                error: value(() => { collect.failure('Clair answered with an error.'); }),
            }, ({ seen, facts }) => {
                if (seen.has('unapproved') && facts['vulnerabilities'] !== undefined)
                    throw new Damage('vulnerabilities is an object, expected is a list');
                if (seen.has('unapproved'))
                    return;
                if (!seen.has('package_vulnerabilities') || !seen.has('packages'))
                    collect.failure('It does not say which packages were looked at and what is wrong with them.');
                else
                    collect.scanned(Object.keys(fields(facts['packages'], 'packages').members).length, 'packages');
            }) };
    },
};
function addAll(collect, ids, scope, of) {
    const packages = fields(factOf(scope, 'packages') ?? {}, 'packages');
    const vulnerabilities = fields(factOf(scope, 'vulnerabilities') ?? {}, 'vulnerabilities');
    if (!Array.isArray(ids))
        throw new Damage('package_vulnerabilities has something else than lists');
    for (const id of ids) {
        const one = fields(vulnerabilities.members[String(id)], 'vulnerabilities', String(id));
        collect.add(clair_draftOf(one, inner(packages, of)));
    }
}
function clair_draftOf(one, of) {
    const name = need(one, 'name');
    return {
        kind: 'container', rule: name, aliases: [name.split(' ')[0]], message: fields_text(one, 'description'), url: fields_text(one, 'links')?.split(' ')[0],
        package: { name: fields_text(of, 'name') ?? need(inner(one, 'package'), 'name'), version: fields_text(of, 'version'), ecosystem: fields_text(inner(one, 'distribution'), 'did') },
        fixedIn: [fields_text(one, 'fixed_in_version')], claims: [...labelled(fields_text(one, 'normalized_severity')), ...labelled(fields_text(one, 'severity'), 'distribution')],
    };
}
function oldDraft(one) {
    return {
        kind: 'container', rule: need(one, 'vulnerability'), message: fields_text(one, 'description'), url: fields_text(one, 'link'), claims: labelled(need(one, 'severity')),
        package: { name: need(one, 'featurename'), version: fields_text(one, 'featureversion'), ecosystem: fields_text(one, 'namespace') }, fixedIn: [fields_text(one, 'fixedby')],
    };
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/cyclonedx.js




/** CycloneDX 1.4 and later with vulnerabilities. https://cyclonedx.org/docs/1.6/json/#vulnerabilities */
const cyclonedx = {
    name: 'cyclonedx',
    recognise: (sketch) => sketch.text('bomFormat') === 'CycloneDX',
    read(collect) {
        let components = 0;
        return { shape: members({
                metadata: object((of) => { tellMetadata(collect, of); }),
                components: gather((one) => {
                    const all = componentsIn(fields(one, 'components'));
                    components += new Set(all.map(([, component]) => component)).size;
                    return all;
                }),
                vulnerabilities: objects((one, scope) => { for (const draft of draftsOf(one, scope))
                    collect.add(draft); }),
            }, ({ seen }) => {
                collect.tool('cyclonedx');
                collect.kind('sca');
                if (!seen.has('vulnerabilities'))
                    collect.nothingScanned('It lists components, and nobody looked for vulnerabilities in them.');
                else if (seen.has('components'))
                    collect.scanned(components, 'components');
            }) };
    },
};
function componentsIn(one) {
    const purl = fields_text(one, 'purl');
    const group = fields_text(one, 'group') ?? '';
    const component = { name: `${group === '' ? '' : `${group}/`}${need(one, 'name')}`, version: fields_text(one, 'version'), purl };
    const own = [fields_text(one, 'bom-ref'), purl].filter((ref) => ref !== undefined).map((ref) => [ref, component]);
    return [...own, ...each(one, 'components').flatMap(componentsIn)];
}
function tellMetadata(collect, of) {
    collect.createdAt(fields_text(of, 'timestamp'));
    const tools = Array.isArray(of.members['tools']) ? each(of, 'tools') : each(inner(of, 'tools'), 'components');
    for (const tool of tools)
        collect.tool(fields_text(tool, 'name') ?? '', fields_text(tool, 'version'));
    const subject = inner(of, 'component');
    collect.subject('names', fields_text(subject, 'name'));
    collect.subject('digests', /@(sha256[:%].*?)(?:\?|$)/.exec(fields_text(subject, 'purl') ?? '')?.[1]?.replace('%3A', ':'));
    if (fields_text(subject, 'type') === 'container')
        collect.kind('container');
}
function draftsOf(one, scope) {
    const components = byReference((factOf(scope, 'components') ?? []));
    const affected = each(one, 'affects').map((affects) => need(affects, 'ref'));
    const claims = each(one, 'ratings').flatMap(claimsOf).sort((a, b) => compareSeverity(a.severity, b.severity));
    const draft = {
        kind: 'sca', rule: need(one, 'id'), aliases: each(one, 'references').map((reference) => fields_text(reference, 'id')), message: fields_text(one, 'description') ?? fields_text(one, 'detail'),
        claims, cwes: list(one, 'cwes').map(Number), url: fields_text(inner(one, 'source'), 'url'), fixedIn: fixesOf(one), suppressedBy: analysed(inner(one, 'analysis')),
    };
    return affected.length === 0 ? [draft] : affected.map((ref) => ({ ...draft, package: cyclonedx_packageOf(ref, components) }));
}
const references = new WeakMap();
// Made once for all vulnerabilities.
function byReference(gathered) {
    const known = references.get(gathered) ?? new Map(gathered.flat());
    references.set(gathered, known);
    return known;
}
// A reference can be `urn:cdx:<serial>/<version>#<bom-ref>`, and a bom-ref is often a purl.
function cyclonedx_packageOf(ref, components) {
    const local = /^urn:cdx:[^#]*#(.*)$/s.exec(ref)?.[1];
    const found = components.get(ref) ?? components.get(local ?? '') ?? components.get(decodedOr(local ?? ref));
    const purl = [found?.purl, ref, local].find((one) => one?.startsWith('pkg:') === true);
    return { name: found?.name ?? ref, version: found?.version, purl };
}
function claimsOf(rating) {
    const [source, vector] = [fields_text(inner(rating, 'source'), 'name'), fields_text(rating, 'vector')];
    const method = fields_text(rating, 'method') ?? '';
    const score = method.startsWith('CVSS') ? claim_scored(number(rating, 'score'), cvssVersion(method.replace(/^CVSSv?/, '')), source, vector) : [];
    const word = fields_text(rating, 'severity');
    return [...labelled(word, source), ...score, ...score.length > 0 ? [] : vectored(vector, source)];
}
function fixesOf(one) {
    const unaffected = each(one, 'affects').flatMap((affects) => each(affects, 'versions')).filter((version) => fields_text(version, 'status') === 'unaffected').flatMap((version) => fields_text(version, 'version') ?? []);
    const told = [...(fields_text(one, 'recommendation') ?? '').matchAll(/\bto (?:version )?v?(\d[\w.+~:-]*)/gi)].map(([, version]) => version?.replace(/[.,;]$/, '') ?? '');
    return [...unaffected, ...told];
}
function analysed(analysis) {
    const state = fields_text(analysis, 'state') ?? '';
    if (!['not_affected', 'false_positive', 'resolved', 'resolved_with_pedigree'].includes(state))
        return undefined;
    const why = [state.replaceAll('_', ' '), fields_text(analysis, 'justification')?.replaceAll('_', ' '), fields_text(analysis, 'detail')];
    return { by: 'the analysis in the SBOM', reason: why.filter((one) => one !== undefined).join(': ') };
}
function decodedOr(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/dependency-check.js




/** OWASP Dependency-Check's JSON. https://github.com/dependency-check/DependencyCheck/blob/main/core/src/main/resources/templates/jsonReport.vsl */
const dependencyCheck = {
    name: 'dependency-check',
    recognise: (sketch) => sketch.has('scanInfo.engineVersion') || sketch.has('reportSchema', 'scanInfo'),
    read(collect) {
        collect.tool('dependency-check');
        collect.kind('sca');
        return { shape: members({
                scanInfo: object((of) => { tellScan(collect, of); }),
                projectInfo: object((of) => {
                    collect.createdAt(fields_text(of, 'reportDate'));
                    collect.subject('names', fields_text(of, 'name'));
                }),
                dependencies: objects((one) => { addDependency(collect, one); }),
            }, ({ seen }) => {
                if (!seen.has('dependencies'))
                    collect.failure('It has no list of dependencies.');
                collect.scanned(0, 'dependencies');
            }) };
    },
};
function tellScan(collect, of) {
    collect.tool('dependency-check', fields_text(of, 'engineVersion'));
    for (const { members: { exception } } of each(of, 'analysisExceptions')) {
        const said = typeof exception === 'object' && exception !== null && 'message' in exception && typeof exception.message === 'string' ? exception.message : 'it does not say which';
        collect.failure(`An analysis failed: ${said}.`);
    }
    // How new the data is, not when it was looked for; older versions have one time only.
    const sources = each(of, 'dataSource');
    const modified = sources.filter((one) => /modified/i.test(fields_text(one, 'name') ?? ''));
    for (const one of modified.length === 0 ? sources : modified)
        collect.databaseAt(fields_text(one, 'timestamp'));
}
function addDependency(collect, dependency) {
    collect.scanned(1, 'dependencies');
    for (const one of each(dependency, 'vulnerabilities'))
        collect.add(dependency_check_draftOf(one, dependency));
    for (const one of each(dependency, 'suppressedVulnerabilities')) {
        collect.add({ ...dependency_check_draftOf(one, dependency), suppressedBy: { by: "Dependency-Check's suppression file", reason: fields_text(one, 'notes') ?? '' } });
    }
}
function dependency_check_draftOf(one, dependency) {
    const purl = each(dependency, 'packages').map((of) => fields_text(of, 'id')).find((id) => id?.startsWith('pkg:'));
    const of = purl === undefined ? undefined : parsePurl(purl);
    const name = need(one, 'name');
    return {
        kind: 'sca', rule: name, aliases: [fields_text(one, 'source') === 'NVD' ? name : undefined], message: fields_text(one, 'description'), path: fields_text(dependency, 'filePath'),
        package: of === undefined ? { name: need(dependency, 'fileName') } : { ...of, purl }, claims: dependency_check_claimsOf(one), cwes: texts(one, 'cwes'),
        url: each(one, 'references').map((reference) => fields_text(reference, 'url')).find((url) => url !== undefined),
        ...(has(one, 'knownExploitedVulnerability') ? { knownExploited: true } : {}),
    };
}
// `unscored` ones have no severity, whatever the word in its place says.
function dependency_check_claimsOf(one) {
    const isUnscored = ['true', true].includes(one.members['unscored']);
    const scores = [
        ...claim_scored(number(inner(one, 'cvssv4'), 'baseScore'), 4), ...claim_scored(number(inner(one, 'cvssv3'), 'baseScore'), 3), ...claim_scored(number(inner(one, 'cvssv2'), 'score'), 2),
    ];
    const word = fields_text(one, 'severity');
    return isUnscored ? labelled(word).map((claim) => ({ ...claim, severity: 'unknown' })) : [...labelled(word), ...scores];
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/ggshield.js



/** GitGuardian's ggshield, `secret scan --json`. https://github.com/GitGuardian/ggshield/blob/main/ggshield/verticals/secret/output/schemas.py */
const ggshield = {
    name: 'ggshield',
    recognise: (sketch) => sketch.has('total_incidents', 'type') || sketch.has('scans.#.total_incidents') || sketch.has('entities_with_incidents.#.incidents') || sketch.has('secrets_engine_version'),
    read(collect) {
        collect.tool('ggshield');
        collect.kind('secrets');
        let listed = 0;
        let counted = 0;
        const entities = objects((one) => {
            listed++;
            addEntity(collect, one);
        });
        const errors = objects((one) => { collect.gap(`Files were left out: ${fields_text(one, 'description') ?? 'it does not say why'}.`); });
        // Scans that found nothing are not listed, so that none is no sign of anything.
        const scan = (depth) => members({ entities_with_incidents: entities, errors, ...depth > 0 ? { scans: json_shape_elements(scan(depth - 1)) } : {} });
        return { shape: members({
                entities_with_incidents: entities, errors, scans: json_shape_elements(scan(2)), total_incidents: wording((count) => { counted = Number(count); }),
            }, () => { if (counted > 0 && listed === 0)
                collect.gap(`It counts ${counted} incidents, and lists none.`); }) };
    },
};
function addEntity(collect, entity) {
    const path = need(entity, 'filename');
    for (const incident of each(entity, 'incidents')) {
        for (const place of each(incident, 'occurrences'))
            collect.add(ggshield_draftOf(incident, place, path));
        if (each(incident, 'occurrences').length === 0)
            collect.add(ggshield_draftOf(incident, inner(incident, 'none'), path));
    }
}
// Its `ignore_sha` names the secret: a hash that has no key, so it is hidden by ours like the value would be.
function ggshield_draftOf(incident, place, path) {
    const type = fields_text(incident, 'type') ?? fields_text(incident, 'detector') ?? need(incident, 'policy');
    const validity = fields_text(incident, 'validity');
    return {
        kind: 'secrets', rule: type, title: validity === 'valid' ? `${type}: a secret that works` : type, path, line: number(place, 'line_start'), endLine: number(place, 'line_end'),
        secret: fields_text(incident, 'ignore_sha'), conceal: [fields_text(place, 'match')], claims: ruled('critical', validity === 'valid' ? 'a secret that works' : 'a secret in the sources'), url: fields_text(incident, 'incident_url'),
        ...(has(incident, 'ignore_reason') ? { suppressedBy: { by: 'ggshield', reason: reasonOf(incident) } } : {}),
    };
}
function reasonOf(incident) {
    const given = incident.members['ignore_reason'];
    return typeof given === 'string' ? given : fields_text(inner(incident, 'ignore_reason'), 'kind') ?? '';
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/sarif-tools.js



// By what the driver's name begins with, lower case. The first that fits.
const TOOLS = [
    ['codeql', { tool: 'codeql', kinds: ['sast'] }],
    ['semgrep', { tool: 'semgrep', kinds: ['sast'] }],
    ['opengrep', { tool: 'semgrep', kinds: ['sast'] }],
    ['bandit', { tool: 'bandit', kinds: ['sast'] }],
    ['trivy', { tool: 'trivy', kinds: [], refine: trivy }],
    ['grype', { tool: 'grype', kinds: [], refine: grype }],
    ['anchore container vulnerability report', { tool: 'grype', kinds: ['container'], refine: grype, suppressesAll: true }],
    ['gitleaks', { tool: 'gitleaks', kinds: ['secrets'], refine: gitleaks, hasNoLevel: true }],
    ['trufflehog', { tool: 'trufflehog', kinds: ['secrets'], refine: leak, hasNoLevel: true }],
    ['ggshield', { tool: 'ggshield', kinds: ['secrets'], refine: leak, hasNoLevel: true }],
    ['gitguardian', { tool: 'ggshield', kinds: ['secrets'], refine: leak, hasNoLevel: true }],
    ['detect-secrets', { tool: 'detect-secrets', kinds: ['secrets'], refine: leak, hasNoLevel: true }],
    ['osv-scanner', { tool: 'osv-scanner', kinds: ['sca'], refine: osvScanner, hasNoLevel: true }],
    ['snykcode', { tool: 'snyk-code', kinds: ['sast'] }],
    ['snyk code', { tool: 'snyk-code', kinds: ['sast'] }],
    ['snyk container', { tool: 'snyk', kinds: ['container'], refine: snyk }],
    ['snyk iac', { tool: 'snyk-iac', kinds: ['iac'] }],
    ['snyk', { tool: 'snyk', kinds: ['sca'], refine: snyk }],
    ['dependency-check', { tool: 'dependency-check', kinds: ['sca'], refine: namedPackage }],
    ['checkov', { tool: 'checkov', kinds: ['iac'] }],
    ['kics', { tool: 'kics', kinds: ['iac'] }],
    ['tfsec', { tool: 'tfsec', kinds: ['iac'] }],
    ['terrascan', { tool: 'terrascan', kinds: ['iac'] }],
    ['hadolint', { tool: 'hadolint', kinds: ['iac'] }],
    ['zizmor', { tool: 'zizmor', kinds: ['iac'] }],
    ['kubescape', { tool: 'kubescape', kinds: ['iac'] }],
    ['zap', { tool: 'zap', kinds: ['dast'] }],
    ['nuclei', { tool: 'nuclei', kinds: ['dast'] }],
];
/** How to read the results of a tool by its driver's name; an unknown one is taken for static analysis. */
function quirksOf(driver) {
    const name = driver.trim().toLowerCase().replace(/^owasp /, '');
    return TOOLS.find(([start]) => name.startsWith(start))?.[1] ?? { tool: driver, kinds: ['sast'] };
}
// Each result repeats its own severity in its message; the rule has that of another package with the same advisory.
function trivy(_draft, { message, rule }) {
    const said = (label) => new RegExp(`^ ?${label}:? (.+)$`, 'm').exec(message)?.[1]?.trim();
    const claims = labelled(said('Severity'));
    if (rule?.tags.includes('secret') === true)
        return { kind: 'secrets', claims, conceal: [said('Match')], message: `Secret ${said('Secret') ?? ''}`, code: undefined };
    if (rule?.tags.includes('misconfiguration') === true)
        return { kind: 'iac', claims };
    const named = said('Package') ?? said('PkgName');
    const of = named === undefined ? undefined : { name: named, version: said('Installed Version') };
    if (rule?.tags.includes('license') === true)
        return { kind: 'licence', claims, package: of, licence: said('License') };
    return { kind: rule?.name === 'OsPackageVulnerability' ? 'container' : 'sca', claims, package: of, fixedIn: [said('Fixed Version')] };
}
// `CVE-2021-1 high vulnerability for openssl package`; the help lists the rest.
function grype(_draft, { rule }) {
    const said = (label) => new RegExp(`^${label}: (.+)$`, 'm').exec(rule?.help ?? '')?.[1]?.trim();
    const name = said('Package');
    const type = said('Type');
    return {
        kind: ['deb', 'rpm', 'apk'].includes(type ?? '') ? 'container' : 'sca', fixedIn: [said('Fix Version')],
        claims: labelled(said('Severity') ?? /^\S+ (\w+) vulnerability for /.exec(rule?.title ?? '')?.[1]),
        aliases: aliasesIn(`${rule?.id ?? ''} ${rule?.title ?? ''}`),
        ...(name === undefined ? {} : { package: { name, version: said('Version'), ecosystem: type } }),
    };
}
// Its snippet is the secret itself; its fingerprints are the author's name and mail.
function gitleaks(_draft, { snippet }) {
    return { ...leak(), secret: snippet, code: undefined };
}
function leak() {
    return { claims: ruled('critical', 'a secret in the sources'), code: undefined };
}
function osvScanner(_draft, { message, rule }) {
    const found = /^Package '(.+)@([^'@]*)' is vulnerable/.exec(message);
    return { aliases: rule?.aliases, ...(found?.[1] === undefined ? {} : { package: { name: found[1], version: found[2] } }) };
}
function snyk(_draft, { message, rule, logical }) {
    const [name, version] = /^(.+)@([^@]*)$/.exec(logical[0] ?? '')?.slice(1) ?? [];
    const word = /with an? (\w+) severity/.exec(message)?.[1] ?? / (critical|high|medium|low) severity/i.exec(rule?.title ?? '')?.[1];
    return { claims: labelled(word), aliases: aliasesIn(rule?.help ?? ''), ...(name === undefined ? {} : { package: { name, version } }) };
}
function namedPackage(_draft, { logical }) {
    const purl = logical.find((name) => name.startsWith('pkg:'));
    const of = purl === undefined ? undefined : parsePurl(purl);
    return of === undefined ? {} : { package: { ...of, purl } };
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/github-alerts.js



const LEVELS = { error: 'high', warning: 'medium', note: 'low', none: 'info' };
/** Code scanning alerts as GitHub's API gives them. https://docs.github.com/en/rest/code-scanning/code-scanning#list-code-scanning-alerts-for-a-repository */
const codeScanningAlerts = {
    name: 'github-code-scanning',
    recognise: (sketch) => sketch.has('#.most_recent_instance', '#.rule', '#.tool'),
    read(collect) {
        collect.kind('sast');
        return {
            shape: objects((alert) => {
                const quirks = quirksOf(need(inner(alert, 'tool'), 'name'));
                collect.tool(quirks.tool, fields_text(inner(alert, 'tool'), 'version'));
                if (fields_text(alert, 'state') !== 'fixed')
                    collect.add(codeDraft(alert, quirks));
            }),
            done: () => { collect.tool('github-code-scanning'); },
        };
    },
};
/** Dependabot alerts as GitHub's API gives them. https://docs.github.com/en/rest/dependabot/alerts#list-dependabot-alerts-for-a-repository */
const dependabotAlerts = {
    name: 'github-dependabot',
    recognise: (sketch) => sketch.has('#.security_advisory', '#.dependency'),
    read(collect) {
        collect.tool('dependabot');
        collect.kind('sca');
        return { shape: objects((alert) => { if (fields_text(alert, 'state') !== 'fixed')
                collect.add(dependencyDraft(alert)); }) };
    },
};
function codeDraft(alert, { tool, kinds }) {
    const [rule, instance] = [inner(alert, 'rule'), inner(alert, 'most_recent_instance')];
    const place = inner(instance, 'location');
    const level = fields_text(rule, 'severity') ?? '';
    const message = fields_text(inner(instance, 'message'), 'text');
    return {
        kind: kinds[0] ?? 'sast', tool, rule: need(rule, 'id'), title: fields_text(rule, 'description'), message, path: fields_text(place, 'path'), line: number(place, 'start_line'), endLine: number(place, 'end_line'),
        claims: [...labelled(fields_text(rule, 'security_severity_level')), ...levelled(LEVELS[level] ?? 'unknown', level)], cwes: texts(rule, 'tags').filter((tag) => /cwe-\d/i.test(tag)),
        firstSeen: fields_text(alert, 'created_at'), url: fields_text(alert, 'html_url'), suppressedBy: dismissal(alert),
    };
}
function dependencyDraft(alert) {
    const [advisory, vulnerability, dependency] = [inner(alert, 'security_advisory'), inner(alert, 'security_vulnerability'), inner(alert, 'dependency')];
    const of = inner(has(dependency, 'package') ? dependency : vulnerability, 'package');
    const scores = [inner(advisory, 'cvss'), ...['cvss_v4', 'cvss_v3'].map((name) => inner(inner(advisory, 'cvss_severities'), name))];
    const scope = fields_text(dependency, 'scope');
    return {
        kind: 'sca', rule: need(advisory, 'ghsa_id'), aliases: [fields_text(advisory, 'cve_id'), ...each(advisory, 'identifiers').map((one) => fields_text(one, 'value'))],
        title: fields_text(advisory, 'summary'), message: fields_text(advisory, 'description'), package: { name: need(of, 'name'), ecosystem: fields_text(of, 'ecosystem') },
        fixedIn: [fields_text(inner(vulnerability, 'first_patched_version'), 'identifier')], path: fields_text(dependency, 'manifest_path'),
        claims: [...labelled(fields_text(vulnerability, 'severity') ?? fields_text(advisory, 'severity')), ...scores.flatMap((one) => claim_scored(number(one, 'score'), cvssVersion(fields_text(one, 'vector_string')), undefined, fields_text(one, 'vector_string')))],
        scope: scope === 'runtime' || scope === 'development' ? scope : undefined, cwes: each(advisory, 'cwes').map((one) => fields_text(one, 'cwe_id')),
        firstSeen: fields_text(alert, 'created_at'), url: fields_text(alert, 'html_url'), suppressedBy: dismissal(alert),
        epss: number(inner(advisory, 'epss'), 'percentage'),
    };
}
function dismissal(alert) {
    const state = fields_text(alert, 'state');
    if (state !== 'dismissed' && state !== 'auto_dismissed')
        return undefined;
    const who = state === 'auto_dismissed' ? 'a rule on GitHub' : fields_text(inner(alert, 'dismissed_by'), 'login') ?? 'somebody on GitHub';
    return { by: who, reason: [fields_text(alert, 'dismissed_reason'), fields_text(alert, 'dismissed_comment')].filter((one) => one !== undefined && one !== '').join(': ') };
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/gitleaks.js


/** Gitleaks' JSON. An empty list is a clean scan, but nothing in it says that it is of Gitleaks. https://github.com/gitleaks/gitleaks/blob/master/report/finding.go */
const gitleaks_gitleaks = {
    name: 'gitleaks',
    recognise: (sketch) => sketch.has('#.RuleID', '#.Fingerprint') || sketch.has('#.RuleID', '#.Secret'),
    read(collect) {
        collect.tool('gitleaks');
        collect.kind('secrets');
        return { shape: objects((one) => {
                collect.add({
                    kind: 'secrets', rule: need(one, 'RuleID'), title: fields_text(one, 'Description'), path: fields_text(one, 'SymlinkFile') || fields_text(one, 'File'),
                    line: number(one, 'StartLine'), endLine: number(one, 'EndLine'), secret: fields_text(one, 'Secret'), conceal: [fields_text(one, 'Match')],
                    claims: ruled('critical', 'a secret in the sources'), firstSeen: fields_text(one, 'Date'),
                });
            }) };
    },
};

;// CONCATENATED MODULE: ./build/shared/findings/formats/grype.js



/** Grype's JSON. https://github.com/anchore/grype/tree/main/grype/presenter/models */
const grype_grype = {
    name: 'grype',
    recognise: (sketch) => sketch.has('matches.#.vulnerability', 'matches.#.artifact') || (sketch.has('matches') && sketch.text('descriptor.name') === 'grype'),
    read(collect) {
        collect.tool('grype');
        return { shape: members({
                source: fact(),
                matches: objects((match, scope) => { collect.add(grype_draftOf(match, scope)); }),
                ignoredMatches: objects((match, scope) => { collect.add({ ...grype_draftOf(match, scope), suppressedBy: ruleThatIgnores(match) }); }),
                distro: object((of) => { collect.subject('names', fields_text(of, 'name') === '' ? undefined : `${fields_text(of, 'name') ?? ''} ${fields_text(of, 'version') ?? ''}`.trim()); }),
                descriptor: object((of) => { tellRun(collect, of); }),
            }, (scope) => {
                collect.kind(isImage(scope) ? 'container' : 'sca');
                tellSource(collect, sourceOf(scope));
            }) };
    },
};
function grype_draftOf(match, scope) {
    const vulnerability = inner(match, 'vulnerability');
    const artifact = inner(match, 'artifact');
    const fix = inner(vulnerability, 'fix');
    const related = each(match, 'relatedVulnerabilities');
    const epss = each(vulnerability, 'epss').concat(related.flatMap((one) => each(one, 'epss'))).map((one) => number(one, 'epss') ?? 0);
    return {
        kind: isImage(scope) ? 'container' : 'sca', rule: need(vulnerability, 'id'), aliases: related.map((one) => fields_text(one, 'id')),
        message: fields_text(vulnerability, 'description') ?? related.map((one) => fields_text(one, 'description')).find((one) => one !== undefined),
        package: { name: need(artifact, 'name'), version: fields_text(artifact, 'version'), ecosystem: fields_text(artifact, 'type'), purl: fields_text(artifact, 'purl') },
        fixedIn: fields_text(fix, 'state') === 'fixed' ? texts(fix, 'versions') : [], path: each(artifact, 'locations').map((one) => fields_text(one, 'path'))[0],
        claims: [...labelled(fields_text(vulnerability, 'severity')), ...[vulnerability, ...related].flatMap(scoresOf)], url: fields_text(vulnerability, 'dataSource'),
        ...(epss.length === 0 ? {} : { epss: Math.max(...epss) }),
        ...([vulnerability, ...related].some((one) => list(one, 'knownExploited').length > 0) ? { knownExploited: true } : {}),
    };
}
function scoresOf(vulnerability) {
    return each(vulnerability, 'cvss').flatMap((one) => claim_scored(number(inner(one, 'metrics'), 'baseScore'), cvssVersion(fields_text(one, 'version')), fields_text(one, 'source'), fields_text(one, 'vector')));
}
function ruleThatIgnores(match) {
    const reasons = each(match, 'appliedIgnoreRules').map((rule) => fields_text(rule, 'reason') ?? fields_text(rule, 'vex-status') ?? fields_text(rule, 'vulnerability') ?? '');
    return { by: "Grype's ignore rules", reason: reasons.filter((reason) => reason !== '').join(', ') };
}
function sourceOf(scope) {
    return fields(factOf(scope, 'source') ?? {}, 'source');
}
// Without a source, older versions were asked about an image.
function isImage(scope) {
    return (fields_text(sourceOf(scope), 'type') ?? 'image') === 'image';
}
function tellSource(collect, source) {
    const { target } = source.members;
    if (typeof target === 'string')
        return collect.subject('names', target);
    const of = inner(source, 'target');
    for (const digest of [fields_text(of, 'imageID'), fields_text(of, 'manifestDigest'), ...texts(of, 'repoDigests').map((one) => one.split('@')[1])])
        collect.subject('digests', digest);
    for (const name of [fields_text(of, 'userInput'), ...texts(of, 'tags')])
        collect.subject('names', name);
}
function tellRun(collect, descriptor) {
    const database = inner(descriptor, 'db');
    const status = inner(database, 'status');
    collect.tool('grype', fields_text(descriptor, 'version'));
    collect.createdAt(fields_text(descriptor, 'timestamp'));
    collect.databaseAt(fields_text(status, 'built') ?? fields_text(database, 'built'));
    const error = fields_text(status, 'error') ?? fields_text(database, 'error') ?? '';
    const isInvalid = flag(status, 'valid') === false || flag(database, 'valid') === false;
    if (isInvalid || error !== '')
        collect.failure(`Grype's database of vulnerabilities was not usable${error === '' ? '' : `: ${error}`}.`);
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/npm-advisory.js



/** Drafts of an advisory as the registry's first audit address gave it: npm 6, pnpm and Yarn 1 to 3 pass it on; one for each version found. */
function advisoryDrafts(advisory) {
    const found = each(advisory, 'findings');
    const versions = found.length === 0 ? [undefined] : [...new Set(found.map((one) => fields_text(one, 'version')))];
    return versions.map((version) => ({
        kind: 'sca', rule: fields_text(advisory, 'github_advisory_id') ?? textOrNumber(advisory, 'id') ?? need(advisory, 'url'),
        aliases: [...texts(advisory, 'cves'), ...aliasesIn(fields_text(advisory, 'url') ?? '')], title: fields_text(advisory, 'title'), message: fields_text(advisory, 'overview'),
        package: { name: need(advisory, 'module_name'), version, ecosystem: 'npm' }, fixedIn: [patchedIn(fields_text(advisory, 'patched_versions'))],
        claims: [...labelled(fields_text(advisory, 'severity')), ...cvssClaims(inner(advisory, 'cvss'))], cwes: texts(advisory, 'cwe'), url: fields_text(advisory, 'url'),
        scope: found.length > 0 && found.every((one) => flag(one, 'dev') === true) ? 'development' : undefined,
    }));
}
/** What an advisory's `cvss` says: `{ score, vectorString }`, the score 0 when there is none. */
function cvssClaims(cvss) {
    const vector = fields_text(cvss, 'vectorString');
    return claim_scored(number(cvss, 'score'), cvssVersion(vector), undefined, vector);
}
// `<0.0.0` is the registry's way to say that there is none.
function patchedIn(range) {
    return range === undefined || range === '<0.0.0' ? undefined : range.replace(/^>=\s*/, '');
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/npm-audit.js






/**
 * npm's audit, of npm 7 and later and of npm 6, and what either writes when the registry did not answer.
 * https://github.com/npm/cli/blob/latest/workspaces/arborist/lib/audit-report.js
 */
const npmAudit = {
    name: 'npm-audit',
    recognise: (sketch) => sketch.has('auditReportVersion') || sketch.has('runId', 'advisories') || sketch.has('message', 'method', 'uri', 'statusCode') || sketch.has('error.summary', 'error.detail'),
    read(collect) {
        collect.tool('npm-audit');
        collect.kind('sca');
        let advisories = 0;
        let counted = 0;
        const reasons = [];
        const names = new Set();
        const pointers = new Set();
        return { shape: members({
                vulnerabilities: entries(object((one, _scope, name) => {
                    names.add(String(name));
                    advisories += addPackage(collect, one, pointers);
                })),
                advisories: entries(object((advisory) => { for (const draft of advisoryDrafts(advisory))
                    collect.add(draft); advisories++; })),
                metadata: object((of) => { counted = npm_audit_tellMetadata(collect, of); }),
                error: object((of) => { reasons.push(textOrNumber(of, 'code'), fields_text(of, 'summary'), fields_text(of, 'detail')); }),
                message: wording((message) => { reasons.unshift(message); }),
            }, ({ seen }) => {
                const hasList = seen.has('vulnerabilities') || seen.has('advisories');
                if (!hasList || seen.has('error') || seen.has('message'))
                    collect.failure(`npm could not audit: ${because(reasons)}.`);
                const lost = [...pointers].find((name) => !names.has(name));
                if (lost !== undefined)
                    collect.gap(`It says that ${lost} is vulnerable, and has nothing about it.`);
                if (counted > 0 && advisories === 0)
                    collect.gap(`npm counts ${counted} vulnerable packages, and lists none of their advisories.`);
            }) };
    },
};
// Texts in `via` lead to other packages of the report, which have the advisories.
function addPackage(collect, one, pointers) {
    const vias = list(one, 'via');
    for (const via of vias)
        if (typeof via === 'string')
            pointers.add(via);
    const advisories = vias.filter((via) => typeof via !== 'string').map((via, index) => fields(via, ...one.path, 'via', index));
    for (const advisory of advisories)
        collect.add(npm_audit_draftOf(advisory, one));
    return advisories.length;
}
function npm_audit_draftOf(advisory, vulnerable) {
    const url = fields_text(advisory, 'url');
    const [alias] = aliasesIn(url ?? '');
    return {
        kind: 'sca', rule: alias ?? textOrNumber(advisory, 'source') ?? need(advisory, 'url'), title: fields_text(advisory, 'title'), url,
        package: { name: fields_text(advisory, 'dependency') ?? need(advisory, 'name'), ecosystem: 'npm' }, fixedIn: npm_audit_fixesOf(advisory, vulnerable),
        path: texts(vulnerable, 'nodes')[0], claims: [...labelled(fields_text(advisory, 'severity')), ...cvssClaims(inner(advisory, 'cvss'))], cwes: texts(advisory, 'cwe'),
    };
}
// The first version beyond the vulnerable range, if npm knows any fix; else what it would have to install instead.
function npm_audit_fixesOf(advisory, vulnerable) {
    const fix = vulnerable.members['fixAvailable'];
    if (fix === false || fix === undefined)
        return [];
    const beyond = (fields_text(advisory, 'range') ?? '').split('||').flatMap((range) => /<\s*([\w.+-]+)\s*$/.exec(range)?.[1] ?? []);
    if (beyond.length > 0 || fix === true)
        return beyond.length > 0 ? beyond : ['by npm audit fix'];
    const of = inner(vulnerable, 'fixAvailable');
    return [`${need(of, 'name')}@${need(of, 'version')}`];
}
function npm_audit_tellMetadata(collect, metadata) {
    // npm 6 has a number where npm 7 has an object of numbers.
    const perKind = typeof metadata.members['dependencies'] === 'object' ? number(inner(metadata, 'dependencies'), 'total') : undefined;
    const total = number(metadata, 'totalDependencies') ?? perKind;
    if (total !== undefined)
        collect.scanned(total, 'dependencies');
    return number(inner(metadata, 'vulnerabilities'), 'total') ?? 0;
}
function because(reasons) {
    const said = reasons.flatMap((reason) => (reason === undefined || reason === '' ? [] : [plainText(reason, 200)]));
    return said.length === 0 ? 'there is no list of vulnerabilities, not even an empty one' : said.join(', ');
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/osv-scanner.js




/** OSV-Scanner's JSON. https://github.com/google/osv-scanner/blob/main/pkg/models/results.go */
const osv_scanner_osvScanner = {
    name: 'osv-scanner',
    recognise: (sketch) => sketch.has('results.#.packages', 'results.#.source') || sketch.has('results.#.packages.#.groups') || sketch.has('results', 'experimental_config'),
    read(collect) {
        collect.tool('osv-scanner');
        collect.kind('sca');
        return { shape: members({
                results: json_shape_elements(members({ source: fact(), packages: objects((one, scope) => { osv_scanner_addPackage(collect, one, scope); }) })),
            }, ({ seen }) => { if (!seen.has('results'))
                collect.failure('It has no results, not even none.'); }) };
    },
};
// A group is one problem under its several names.
function osv_scanner_addPackage(collect, one, scope) {
    collect.scanned(1, 'packages');
    const source = fields(factOf(scope, 'source') ?? {}, 'source');
    const advisories = each(one, 'vulnerabilities');
    const byId = new Map(advisories.map((advisory) => [need(advisory, 'id'), advisory]));
    const groups = each(one, 'groups').map((group) => ({ ids: texts(group, 'ids'), group }));
    const grouped = new Set(groups.flatMap(({ ids }) => ids));
    const single = [...byId.keys()].filter((id) => !grouped.has(id)).map((id) => ({ ids: [id], group: undefined }));
    for (const { ids, group } of [...groups, ...single]) {
        collect.add(osv_scanner_draftOf(inner(one, 'package'), ids, group, ids.flatMap((id) => byId.get(id) ?? []), source));
    }
}
function osv_scanner_draftOf(of, ids, group, advisories, source) {
    const name = fields_text(of, 'name') || fields_text(of, 'commit') || need(source, 'path');
    const aliases = aliasesOf([...ids, ...group === undefined ? [] : texts(group, 'aliases'), ...advisories.flatMap((one) => texts(one, 'aliases'))]);
    const told = (member) => advisories.map((one) => fields_text(one, member)).find((one) => one !== undefined && one !== '');
    return {
        kind: fields_text(source, 'type') === 'docker' ? 'container' : 'sca', rule: ids[0] ?? aliases[0] ?? '', aliases, title: told('summary'), message: told('details'),
        package: { name, version: fields_text(of, 'version'), ecosystem: fields_text(of, 'ecosystem') }, fixedIn: advisories.flatMap((one) => osv_scanner_fixesOf(one, name)), path: fields_text(source, 'path'),
        claims: [...claim_scored(group === undefined ? undefined : number(group, 'max_severity')), ...advisories.flatMap(osv_scanner_claimsOf)],
        cwes: advisories.flatMap((one) => texts(inner(one, 'database_specific'), 'cwe_ids')), url: aliases[0] === undefined ? undefined : `https://osv.dev/${aliases[0]}`,
    };
}
function osv_scanner_claimsOf(advisory) {
    const vectors = each(advisory, 'severity').flatMap((one) => vectored(fields_text(one, 'score'), fields_text(advisory, 'id')));
    const { severity } = inner(advisory, 'database_specific').members;
    return [...vectors, ...typeof severity === 'string' ? labelled(severity, fields_text(advisory, 'id')) : []];
}
function osv_scanner_fixesOf(advisory, name) {
    const affected = each(advisory, 'affected').filter((one) => (fields_text(inner(one, 'package'), 'name') ?? name) === name);
    return affected.flatMap((one) => each(one, 'ranges')).filter((range) => fields_text(range, 'type') !== 'GIT')
        .flatMap((range) => each(range, 'events')).map((event) => fields_text(event, 'fixed'));
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/pip-audit.js


/** pip-audit's JSON; before 2.0 it was the bare list. https://github.com/pypa/pip-audit/blob/main/pip_audit/_format/json.py */
const pipAudit = {
    name: 'pip-audit',
    recognise: (sketch) => ['dependencies.#', '#'].some((at) => sketch.has(`${at}.name`) && (sketch.has(`${at}.vulns`) || sketch.has(`${at}.skip_reason`))) || sketch.has('dependencies', 'fixes'),
    read(collect) {
        collect.tool('pip-audit');
        collect.kind('sca');
        const dependencies = json_shape_elements(object((one) => { pip_audit_addDependency(collect, one); }));
        return {
            shape: either(dependencies, members({ dependencies }, ({ seen }) => { if (!seen.has('dependencies'))
                collect.failure('It has no list of dependencies.'); })),
            // None audited is none scanned, also where every one was skipped.
            done: () => { collect.scanned(0, 'dependencies'); },
        };
    },
};
function pip_audit_addDependency(collect, dependency) {
    const name = need(dependency, 'name');
    const skipped = fields_text(dependency, 'skip_reason');
    if (skipped !== undefined)
        return collect.gap(`${name} was not audited: ${skipped}.`);
    collect.scanned(1, 'dependencies');
    for (const one of each(dependency, 'vulns')) {
        collect.add({
            kind: 'sca', rule: need(one, 'id'), aliases: texts(one, 'aliases'), message: fields_text(one, 'description'),
            package: { name, version: fields_text(dependency, 'version'), ecosystem: 'pypi' }, fixedIn: texts(one, 'fix_versions'), claims: [],
        });
    }
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/pnpm-audit.js



/** pnpm's audit, and that of Yarn 2 and 3, which pass on the registry's answer. https://pnpm.io/cli/audit */
const pnpmAudit = {
    name: 'pnpm-audit',
    // npm 6, which writes nearly the same, has a runId and is asked for first.
    recognise: (sketch) => sketch.has('advisories', 'metadata') || sketch.text('error.code')?.startsWith('ERR_PNPM_') === true,
    read(collect) {
        collect.tool('pnpm-audit');
        collect.kind('sca');
        return { shape: members({
                advisories: entries(object((advisory) => { for (const draft of advisoryDrafts(advisory))
                    collect.add(draft); })),
                metadata: object((of) => {
                    const total = number(of, 'totalDependencies') ?? number(of, 'dependencies');
                    if (total !== undefined)
                        collect.scanned(total, 'dependencies');
                }),
                error: object((of) => { collect.failure(`pnpm could not audit: ${fields_text(of, 'message') ?? fields_text(of, 'code') ?? 'it did not say why'}.`); }),
            }, ({ seen }) => { if (!seen.has('advisories') && !seen.has('error'))
                collect.failure('It has no list of advisories, not even an empty one.'); }) };
    },
};

;// CONCATENATED MODULE: ./build/shared/findings/formats/safety.js



/**
 * Safety's JSON, of `safety check` and of `safety scan`.
 * https://github.com/pyupio/safety/blob/main/safety/formatters/json.py, https://github.com/pyupio/safety_schemas
 */
const safety = {
    name: 'safety',
    recognise: (sketch) => sketch.has('report_meta', 'vulnerabilities') || sketch.has('report_meta.safety_version') || sketch.has('scan_results.projects') || sketch.has('meta', 'scan_results'),
    read(collect) {
        collect.tool('safety');
        collect.kind('sca');
        const file = object((of) => { addFile(collect, of); });
        return { shape: members({
                report_meta: object((of) => { tellMeta(collect, of); }),
                meta: object((of) => { tellMeta(collect, of); }),
                vulnerabilities: objects((one) => { collect.add(safety_draftOf(one)); }),
                ignored_vulnerabilities: objects((one) => { collect.add({ ...safety_draftOf(one), suppressedBy: ignored(one) }); }),
                scan_results: members({ projects: json_shape_elements(members({ files: json_shape_elements(file) })), files: either(json_shape_elements(file), file) }),
            }, ({ seen }) => { if (!seen.has('vulnerabilities') && !seen.has('scan_results'))
                collect.failure('It has no list of vulnerabilities, not even an empty one.'); }) };
    },
};
function tellMeta(collect, of) {
    collect.tool('safety', fields_text(of, 'safety_version') ?? fields_text(inner(of, 'telemetry'), 'safety_version'));
    collect.createdAt(fields_text(of, 'timestamp'));
    const packages = number(of, 'packages_found');
    if (packages !== undefined)
        collect.scanned(packages, 'packages');
}
function safety_draftOf(one) {
    const cve = fields_text(one, 'CVE');
    const fixed = list(one, 'fixed_versions').length > 0 ? texts(one, 'fixed_versions') : [fields_text(one, 'closest_versions_without_known_vulnerabilities')].filter((version) => version !== undefined);
    return {
        kind: 'sca', rule: need(one, 'vulnerability_id'), aliases: cve?.split(/[,\s]+/), message: fields_text(one, 'advisory'), url: fields_text(one, 'more_info_url'),
        package: { name: need(one, 'package_name'), version: fields_text(one, 'analyzed_version'), ecosystem: 'pypi' }, fixedIn: fixed, claims: safety_claimsOf(one),
    };
}
// A number where an account would have an object.
function safety_claimsOf(one) {
    const { severity } = one.members;
    if (typeof severity === 'string')
        return labelled(severity);
    const of = typeof severity === 'object' ? inner(one, 'severity') : { path: [], members: {} };
    const [v3, v2] = [inner(of, 'cvssv3'), inner(of, 'cvssv2')];
    return [...labelled(fields_text(v3, 'base_severity')), ...claim_scored(number(v3, 'base_score'), 3), ...vectored(fields_text(v3, 'vector_string')), ...claim_scored(number(v2, 'base_score'), 2)];
}
function ignored(one) {
    const until = fields_text(one, 'ignored_expires');
    return { by: "Safety's policy", reason: `${fields_text(one, 'ignored_reason') ?? ''}${until === undefined ? '' : ` (until ${until})`}`.trim() };
}
function addFile(collect, file) {
    const dependencies = each(inner(file, 'results'), 'dependencies');
    collect.scanned(dependencies.length, 'dependencies');
    for (const dependency of dependencies)
        for (const specification of each(dependency, 'specifications'))
            addSpecification(collect, file, dependency, specification);
}
function addSpecification(collect, file, dependency, specification) {
    const of = inner(specification, 'vulnerabilities');
    const fixed = fields_text(inner(of, 'remediation'), 'recommended');
    for (const one of each(of, 'known_vulnerabilities')) {
        const by = inner(one, 'ignored');
        const isIgnored = has(one, 'ignored') && flag(by, 'is_ignored') !== false && Object.keys(by.members).length > 0;
        collect.add({
            kind: 'sca', rule: textOrNumber(one, 'id') ?? need(one, 'id'), path: fields_text(file, 'location'), fixedIn: [fixed], claims: safety_claimsOf(one), aliases: [fields_text(one, 'CVE')],
            package: { name: need(dependency, 'name'), version: /==\s*([\w.+!-]+)/.exec(fields_text(specification, 'raw') ?? '')?.[1], ecosystem: 'pypi' },
            ...(isIgnored ? { suppressedBy: { by: "Safety's policy", reason: fields_text(by, 'reason') ?? '' } } : {}),
        });
    }
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/sarif-rules.js


/** Reduces a run's `tool`. @throws {Damage} */
function readTool(value) {
    const tool = fields(value, 'tool');
    const driver = inner(tool, 'driver');
    const components = [driver, ...each(tool, 'extensions')].map(componentOf);
    return { name: fields_text(driver, 'name') ?? '', version: fields_text(driver, 'semanticVersion') ?? fields_text(driver, 'version'), components };
}
function componentOf(component) {
    const rules = each(component, 'rules').map(ruleOf);
    return { name: fields_text(component, 'name') ?? '', rules, byId: new Map(rules.map((rule) => [rule.id, rule])) };
}
function ruleOf(rule) {
    const properties = inner(rule, 'properties');
    const id = fields_text(rule, 'id') ?? '';
    return {
        id, name: fields_text(rule, 'name'), title: fields_text(inner(rule, 'shortDescription'), 'text') ?? fields_text(inner(rule, 'fullDescription'), 'text'),
        // Of a help, which can be long, only some tools' first lines matter.
        help: fields_text(inner(rule, 'help'), 'text')?.slice(0, 600), url: fields_text(rule, 'helpUri'),
        level: fields_text(inner(rule, 'defaultConfiguration'), 'level'),
        securitySeverity: textOrNumber(properties, 'security-severity'),
        problemSeverity: typeof properties.members['problem.severity'] === 'string' ? properties.members['problem.severity'] : undefined,
        tags: Array.isArray(properties.members['tags']) ? texts(properties, 'tags') : [],
        aliases: aliasesOf([id, ...texts(rule, 'deprecatedIds')]),
    };
}
/**
 * The rule a result refers to, by index or id, in the driver or an extension; an index that leads to a rule of another id is
 * wrong (old Grype writes 0 everywhere), and the id decides. SARIF 2.1.0, 3.27.7 and 3.52.
 */
function ruleOfResult(tool, result) {
    const reference = inner(result, 'rule');
    const id = fields_text(result, 'ruleId') ?? fields_text(reference, 'id');
    const index = number(result, 'ruleIndex') ?? number(reference, 'index');
    const component = componentReferred(tool, inner(reference, 'toolComponent'));
    const indexed = index === undefined || index < 0 ? undefined : component?.rules[index];
    if (indexed !== undefined && (id === undefined || isOf(id, indexed.id)))
        return indexed;
    if (id === undefined)
        return undefined;
    const found = (component === undefined ? [] : [component]).concat(tool.components).map(({ byId }) => byId.get(id) ?? byId.get(id.replace(/\/[^/]*$/, '')));
    return found.find((rule) => rule !== undefined);
}
/** The level of a failing result when it has none: the run's override, the rule's default, or `warning`. SARIF 2.1.0, 3.27.10. */
function defaultLevel(rule, overrides) {
    return overrides.get(rule?.id ?? '') ?? rule?.level ?? 'warning';
}
/** Levels that an invocation sets otherwise than the rules have them, by rule. */
function levelOverrides(invocations) {
    const overrides = invocations.flatMap((invocation) => each(invocation, 'ruleConfigurationOverrides'));
    return new Map(overrides.flatMap((override) => {
        const [id, level] = [fields_text(inner(override, 'descriptor'), 'id'), fields_text(inner(override, 'configuration'), 'level')];
        return id === undefined || level === undefined ? [] : [[id, level]];
    }));
}
function componentReferred(tool, reference) {
    const index = number(reference, 'index');
    if (index !== undefined && index >= 0)
        return tool.components[index + 1];
    const name = fields_text(reference, 'name');
    return name === undefined ? tool.components[0] : tool.components.find((component) => component.name === name) ?? tool.components[0];
}
// `CA1000/1` is a case of rule `CA1000`.
function isOf(id, rule) {
    return id === rule || id.startsWith(`${rule}/`);
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/sarif-result.js




const sarif_result_LEVELS = { error: 'high', warning: 'medium', note: 'low', none: 'info' };
/** The draft of a result that is a failure. @throws {Damage} */
function sarif_result_draftOf(result, rule, quirks, overrides) {
    const [first] = each(result, 'locations');
    const place = first === undefined ? undefined : inner(first, 'physicalLocation');
    const region = place === undefined ? undefined : inner(place, 'region');
    const message = sarif_result_messageOf(result);
    const logical = first === undefined ? [] : each(first, 'logicalLocations').flatMap((one) => fields_text(one, 'fullyQualifiedName') ?? []);
    const snippet = region === undefined ? undefined : fields_text(inner(region, 'snippet'), 'text');
    const draft = {
        kind: quirks.kinds[0] ?? 'sast', tool: quirks.tool, rule: idOf(result, rule), title: rule?.title ?? message, message,
        aliases: [...rule?.aliases ?? [], ...aliasesIn(`${rule?.id ?? ''} ${rule?.tags.join(' ') ?? ''}`)],
        path: place === undefined ? undefined : fields_text(inner(place, 'artifactLocation'), 'uri'),
        line: region === undefined ? undefined : number(region, 'startLine'), endLine: region === undefined ? undefined : number(region, 'endLine'),
        fingerprint: fingerprintOf(result), code: snippet, url: rule?.url, cwes: sarif_result_cwesOf(rule), claims: [],
        suppressedBy: quirks.suppressesAll === true ? undefined : suppressionOf(result),
    };
    const own = quirks.refine?.(draft, { message, rule, snippet, logical }) ?? {};
    return { ...draft, ...own, claims: [...own.claims ?? [], ...sarif_result_claimsOf(result, rule, quirks, overrides)] };
}
/** Whether a result is a finding: other kinds are checks that passed or did not apply, and an absent one is of an older scan. SARIF 2.1.0, 3.27.9 and 3.27.24. */
function isFailure(result) {
    return (fields_text(result, 'kind') ?? 'fail') === 'fail' && fields_text(result, 'baselineState') !== 'absent';
}
// The score of the result, then of the rule, then a word in their place, then the level, which every result has.
function sarif_result_claimsOf(result, rule, quirks, overrides) {
    const own = textOrNumber(inner(result, 'properties'), 'security-severity');
    const given = [own, rule?.securitySeverity].filter((one) => one !== undefined && one !== '');
    const scores = given.flatMap((one) => claim_scored(Number.isNaN(Number(one)) ? undefined : Number(one)));
    const words = given.flatMap((one) => (Number.isNaN(Number(one)) ? labelled(one) : [])).filter(({ severity }) => severity !== 'unknown');
    if (quirks.hasNoLevel === true)
        return [...scores, ...words];
    const level = fields_text(result, 'level') ?? defaultLevel(rule, overrides);
    return [...scores, ...words, ...levelled(Object.hasOwn(sarif_result_LEVELS, level) ? sarif_result_LEVELS[level] ?? 'unknown' : 'unknown', level)];
}
function idOf(result, rule) {
    return fields_text(result, 'ruleId') ?? fields_text(inner(result, 'rule'), 'id') ?? rule?.id ?? '(no rule)';
}
function sarif_result_messageOf(result) {
    const message = inner(result, 'message');
    return fields_text(message, 'text') ?? fields_text(message, 'markdown') ?? fields_text(message, 'id') ?? '';
}
// Only what is made to survive moved lines; others hold a commit or an author.
function fingerprintOf(result) {
    const partial = inner(result, 'partialFingerprints');
    const whole = inner(result, 'fingerprints');
    return fields_text(partial, 'primaryLocationLineHash') ?? fields_text(whole, 'matchBasedId/v1')?.replace(/_\d+$/, '') ?? fields_text(whole, '1') ?? fields_text(whole, '0');
}
/** Set aside only when there is a suppression and none of them is rejected or still to be reviewed. SARIF 2.1.0, 3.27.23. */
function suppressionOf(result) {
    const all = each(result, 'suppressions');
    const isHeld = all.some((one) => !['accepted', undefined].includes(fields_text(one, 'status')));
    const [first] = all;
    if (first === undefined || isHeld)
        return undefined;
    const reason = fields_text(first, 'justification');
    return { by: fields_text(first, 'kind') === 'inSource' ? 'a comment in the source' : 'the scanner\'s configuration', ...(reason === undefined ? {} : { reason }) };
}
function sarif_result_cwesOf(rule) {
    return (rule?.tags ?? []).flatMap((tag) => /\bcwe-?\/?(?:cwe-)?(\d+)/i.exec(tag)?.[1] ?? []);
}
/** Commits that the run says it was of. */
function commitsOf(provenance) {
    return provenance.flatMap((one) => fields_text(one, 'revisionId') ?? []);
}
/** The image that a run says it was of, as Trivy writes it. */
function imageOf(properties) {
    const id = fields_text(properties, 'imageID');
    const digests = texts(properties, 'repoDigests').flatMap((one) => one.split('@')[1] ?? []);
    return { names: [fields_text(properties, 'imageName') ?? '', ...texts(properties, 'repoTags')].filter((name) => name !== ''), digests: id === undefined ? digests : [...digests, id] };
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/sarif.js






/** SARIF 2.1.0 of any tool. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
const sarif = {
    name: 'sarif',
    recognise: (sketch) => sketch.has('runs') && (sketch.text('version')?.startsWith('2.') === true || sketch.text('$schema')?.includes('sarif') === true || sketch.has('runs.#.tool.driver')),
    read(collect) {
        let runs = 0;
        const shape = members({
            version: value((version) => { if (version !== '2.1.0')
                throw new Damage('it is of another version of SARIF than 2.1.0'); }),
            runs: json_shape_elements(run(collect, () => { runs++; })),
            inlineExternalProperties: value(() => { collect.gap('Parts of it are kept outside of the runs, where they are not read.'); }),
        }, ({ seen }) => {
            if (!seen.has('runs'))
                throw new Damage('runs is missing');
            if (runs === 0)
                collect.failure('It has no run: no scan took place.');
        });
        return { shape };
    },
};
function run(collect, begin) {
    let others = 0;
    return members({
        tool: fact(readTool),
        invocations: fact(invocationsOf),
        versionControlProvenance: value((list) => { for (const commit of commitsOf(listOf(list)))
            collect.subject('commits', commit); }),
        properties: object((of) => { tellImage(collect, of); }),
        externalPropertyFileReferences: object((of) => { if (has(of, 'results'))
            collect.gap('Its results are in other files.'); }),
        results: objects((result, scope) => {
            if (isFailure(result))
                addResult(collect, result, scope);
            else
                others++;
        }),
    }, (scope) => {
        begin();
        endRun(collect, scope, others);
        others = 0;
    });
}
function addResult(collect, result, scope) {
    const tool = factOf(scope, 'tool');
    // Not there yet: results before the tool are read in a second walk; a run without one ends in a fault.
    if (tool === undefined)
        return;
    const rule = ruleOfResult(tool, result);
    collect.add(sarif_result_draftOf(result, rule, quirksOf(tool.name), levelOverrides((factOf(scope, 'invocations') ?? []))));
}
function endRun(collect, { facts, seen }, others) {
    const tool = facts['tool'];
    if (tool === undefined || tool.name === '')
        throw new Damage('a run does not say which tool it is of');
    const quirks = quirksOf(tool.name);
    collect.tool(quirks.tool, tool.version);
    collect.kind(...kindsOf(tool, quirks.kinds));
    // An empty list says that nothing was found; no list says that nothing was looked for.
    if (!seen.has('results'))
        collect.failure(`The run of ${tool.name} has no results, not even none: the scan did not come that far.`);
    if (others > 0)
        collect.remark(`${others} results are no findings: checks that passed, or findings that are gone.`);
    for (const invocation of (facts['invocations'] ?? []))
        tellInvocation(collect, tool.name, invocation);
}
// Trivy and Grype are of several kinds, and tell by their rules; without rules, what everybody has them for.
function kindsOf(tool, kinds) {
    const hasRules = tool.components.some(({ rules }) => rules.length > 0);
    return kinds.length > 0 || hasRules ? kinds : ['sca'];
}
function invocationsOf(list) {
    return listOf(list).map((one) => {
        fields_text(one, 'endTimeUtc');
        return one;
    });
}
function tellInvocation(collect, tool, invocation) {
    const hasRun = flag(invocation, 'executionSuccessful');
    const notes = [...each(invocation, 'toolExecutionNotifications'), ...each(invocation, 'toolConfigurationNotifications')];
    const errors = notes.filter((note) => fields_text(note, 'level') === 'error').map((note) => fields_text(inner(note, 'message'), 'text') ?? 'an error without words');
    const crash = fields_text(invocation, 'processStartFailureMessage') ?? fields_text(invocation, 'exitSignalName');
    if (hasRun === false || crash !== undefined)
        collect.failure(`${tool} says that it did not run through${sarif_because(crash ?? errors[0])}`);
    else
        for (const error of errors)
            collect.gap(`${tool} reports an error${sarif_because(error)}`);
    collect.createdAt(fields_text(invocation, 'startTimeUtc') ?? fields_text(invocation, 'endTimeUtc'));
}
function tellImage(collect, properties) {
    const { names, digests } = imageOf(properties);
    for (const name of names)
        collect.subject('names', name);
    for (const digest of digests)
        collect.subject('digests', digest);
    if (digests.length > 0)
        collect.kind('container');
}
function sarif_because(reason) {
    return reason === undefined ? '.' : `: ${reason.trim().replace(/\.$/, '')}.`;
}
function listOf(value) {
    return each({ path: [], members: { list: value } }, 'list');
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/semgrep.js



// What stands where an account would have a value.
const WITHHELD = 'requires login';
/** Semgrep's JSON. https://github.com/semgrep/semgrep-interfaces/blob/main/semgrep_output_v1.atd */
const semgrep = {
    name: 'semgrep',
    recognise: (sketch) => sketch.has('results.#.check_id', 'results.#.extra') || sketch.has('results', 'errors', 'paths') || sketch.has('results', 'paths.scanned'),
    read(collect) {
        collect.tool('semgrep');
        collect.kind('sast');
        let files = 0;
        return { shape: members({
                version: wording((version) => { collect.tool('semgrep', version); }),
                results: objects((one) => { collect.add(semgrep_draftOf(one)); }),
                errors: objects((one) => { tellError(collect, one); }),
                paths: members({ scanned: json_shape_elements(value(() => { files++; })), skipped: objects((one) => { tellSkipped(collect, one); }) }, ({ seen }) => { if (seen.has('scanned'))
                    collect.scanned(files, 'files'); }),
                skipped_rules: objects((one) => { collect.gap(`Rule ${fields_text(one, 'rule_id') ?? ''} was left out.`); }),
            }, ({ seen }) => { if (!seen.has('results'))
                collect.failure('It has no results, not even none.'); }) };
    },
};
function semgrep_draftOf(one) {
    const extra = inner(one, 'extra');
    const about = inner(extra, 'metadata');
    const isSecret = !['NO_VALIDATOR', undefined].includes(fields_text(extra, 'validation_state'));
    const found = inner(inner(inner(extra, 'sca_info'), 'dependency_match'), 'found_dependency');
    const [fingerprint, lines] = [fields_text(extra, 'fingerprint'), fields_text(extra, 'lines')];
    const rule = need(one, 'check_id');
    return {
        kind: has(extra, 'sca_info') ? 'sca' : isSecret ? 'secrets' : 'sast', rule, title: rule.slice(rule.lastIndexOf('.') + 1), message: fields_text(extra, 'message'),
        path: need(one, 'path'), line: number(inner(one, 'start'), 'line'), endLine: number(inner(one, 'end'), 'line'),
        fingerprint: fingerprint === WITHHELD ? undefined : fingerprint?.replace(/_\d+$/, ''), code: isSecret || lines === WITHHELD ? undefined : lines, conceal: isSecret ? [lines === WITHHELD ? undefined : lines] : [],
        claims: semgrep_severityOf(need(extra, 'severity')), cwes: textsOrNone(about, 'cwe'), aliases: [fields_text(about, 'sca-vuln-database-identifier'), fields_text(about, 'ghsa'), fields_text(about, 'cve')],
        url: fields_text(about, 'source') ?? fields_text(about, 'shortlink'),
        ...(has(extra, 'sca_info') ? { package: { name: need(found, 'package'), version: fields_text(found, 'version'), ecosystem: fields_text(found, 'ecosystem') } } : {}),
        ...(flag(extra, 'is_ignored') === true ? { suppressedBy: { by: 'a nosemgrep comment in the source' } } : {}),
    };
}
// Its older words: an INFO is what others call low.
function semgrep_severityOf(word) {
    if (word === 'EXPERIMENT' || word === 'INVENTORY')
        return ruled('info', `Semgrep's ${word}`);
    const [claim] = labelled(word);
    return claim === undefined ? [] : [{ ...claim, severity: word === 'INFO' ? 'low' : claim.severity }];
}
// Rules are written by anybody: their metadata is of any type.
function textsOrNone(about, name) {
    const value = about.members[name];
    if (typeof value === 'string')
        return [value];
    return Array.isArray(value) && value.every((one) => typeof one === 'string') ? texts(about, name) : [];
}
function tellError(collect, error) {
    const said = `${fields_text(error, 'message') ?? typeOf(error)}`;
    const path = fields_text(error, 'path');
    if (fields_text(error, 'level') !== 'error')
        collect.remark(`Semgrep warns${path === undefined ? '' : ` of ${path}`}: ${said}`);
    else if (path === undefined)
        collect.failure(`Semgrep reports an error: ${said}`);
    else
        collect.gap(`${path} was not checked wholly: ${said}`);
}
function typeOf(error) {
    const type = Array.isArray(error.members['type']) ? list(error, 'type')[0] : error.members['type'];
    return typeof type === 'string' ? type : 'an error';
}
function tellSkipped(collect, one) {
    const reason = fields_text(one, 'reason') ?? '';
    if (/analysis_failed|too_big|timeout|memory|exceeded|insufficient|unreadable/i.test(reason))
        collect.gap(`${fields_text(one, 'path') ?? 'A file'} was left out: ${reason}.`);
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/snyk.js




/** Snyk's JSON of `test` and `container test`: one project, or a list of them. https://docs.snyk.io/developer-tools/snyk-cli/commands/test */
const snyk_snyk = {
    name: 'snyk',
    recognise: (sketch) => ['', '#.'].some((at) => sketch.has(`${at}ok`) && (sketch.has(`${at}vulnerabilities`) || sketch.has(`${at}error`)) || sketch.has(`${at}vulnerabilities`, `${at}dependencyCount`)),
    read(collect) {
        collect.tool('snyk');
        let projects = 0;
        const counted = () => { projects++; };
        const project = projectShape(collect, counted);
        return {
            shape: either(json_shape_elements(project), project),
            done: () => { if (projects === 0)
                collect.nothingScanned('It has no project.'); },
        };
    },
};
function projectShape(collect, begin, isInner = false) {
    let ids = new Set();
    const vulnerabilities = objects((one, scope) => {
        ids.add(need(one, 'id'));
        collect.add(snyk_draftOf(one, scope));
    });
    return members({
        packageManager: fact(), docker: fact(), displayTargetFile: fact(), error: fact(), uniqueCount: fact(countOf), ok: fact(),
        path: wording((name) => { if (!isInner)
            collect.subject('names', name); }),
        dependencyCount: wording((count) => { collect.scanned(Number(count), 'dependencies'); }),
        vulnerabilities, ...(isInner ? {} : { applications: json_shape_elements(projectShape(collect, begin, true)) }),
    }, (scope) => {
        begin();
        endProject(collect, scope, ids.size);
        ids = new Set();
    });
}
function countOf(count) {
    if (typeof count !== 'number')
        throw new Damage('uniqueCount is no number');
    return count;
}
function endProject(collect, scope, found) {
    const { facts: { error, uniqueCount, ok }, seen } = scope;
    collect.kind(snyk_kindOf(scope));
    if (error !== undefined)
        return collect.failure(`Snyk could not test a project: ${typeof error === 'string' ? error : 'it does not say why'}.`);
    if (!seen.has('vulnerabilities'))
        collect.failure('A project has no list of vulnerabilities, not even an empty one.');
    if (typeof uniqueCount === 'number' && uniqueCount > found)
        collect.gap(`Snyk counts ${uniqueCount} problems, and lists ${found}.`);
    else if (ok === false && found === 0 && uniqueCount === undefined)
        collect.gap('Snyk says that something is wrong, and lists nothing.');
}
// One entry for each path to the package; together they are one finding.
function snyk_draftOf(one, scope) {
    const ids = inner(one, 'identifiers');
    const isLicence = fields_text(one, 'type') === 'license';
    const name = fields_text(one, 'packageName') ?? fields_text(one, 'moduleName') ?? need(one, 'name');
    const vector = fields_text(one, 'CVSSv3');
    return {
        kind: isLicence ? 'licence' : snyk_kindOf(scope), rule: need(one, 'id'), aliases: [...texts(ids, 'CVE'), ...texts(ids, 'GHSA')], title: fields_text(one, 'title'),
        package: { name, version: fields_text(one, 'version'), ecosystem: snyk_ecosystemOf(one, scope) }, fixedIn: texts(one, 'fixedIn'), cwes: texts(ids, 'CWE'),
        path: factText(scope, 'displayTargetFile'), claims: [...labelled(fields_text(one, 'severityWithCritical') ?? fields_text(one, 'severity')), ...claim_scored(number(one, 'cvssScore'), cvssVersion(vector), undefined, vector)],
        licence: isLicence ? fields_text(one, 'license') ?? fields_text(one, 'title') : undefined, suppressedBy: snyk_ignored(inner(one, 'filtered')),
    };
}
function snyk_ecosystemOf(one, scope) {
    return fields_text(one, 'packageManager') ?? factText(scope, 'packageManager') ?? fields_text(one, 'language');
}
function snyk_ignored(filtered) {
    const [by] = each(filtered, 'ignored');
    return by === undefined ? undefined : { by: 'a .snyk policy', reason: fields_text(by, 'reason') ?? '' };
}
function snyk_kindOf(scope) {
    return factOf(scope, 'docker') !== undefined || ['deb', 'apk', 'rpm', 'linux'].includes(factText(scope, 'packageManager') ?? '') ? 'container' : 'sca';
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/sonarqube.js



const sonarqube_SEVERITIES = { BLOCKER: 'critical', CRITICAL: 'high', MAJOR: 'medium', MINOR: 'low', INFO: 'info' };
/** SonarQube's answers of api/issues/search and api/hotspots/search. https://next.sonarqube.com/sonarqube/web_api/api/issues */
const sonarqube = {
    name: 'sonarqube',
    recognise: (sketch) => (sketch.has('paging') && (sketch.has('issues') || sketch.has('hotspots'))) || sketch.has('issues.#.rule', 'issues.#.component', 'issues.#.key'),
    read(collect) {
        collect.tool('sonarqube');
        collect.kind('sast');
        let listed = 0;
        let total;
        return { shape: members({
                total: value((all) => { if (typeof all === 'number')
                    total = all; }),
                paging: object((of) => { total = number(of, 'total'); }),
                issues: objects((one) => {
                    listed++;
                    if (isSecurity(one) && fields_text(one, 'resolution') !== 'FIXED' && fields_text(one, 'issueStatus') !== 'FIXED')
                        collect.add(issue(one));
                }),
                hotspots: objects((one) => {
                    listed++;
                    if (fields_text(one, 'resolution') !== 'FIXED')
                        collect.add(hotspot(one));
                }),
                errors: objects((one) => { collect.failure(`SonarQube answers: ${fields_text(one, 'msg') ?? 'an error'}.`); }),
            }, ({ seen }) => {
                if (!seen.has('issues') && !seen.has('hotspots'))
                    collect.failure('It has no list of issues, not even an empty one.');
                if (total === undefined)
                    collect.gap('It does not say how many issues there are, so some may be missing.');
                else if (total > listed)
                    collect.gap(`It has ${listed} of ${total} issues: fetch all pages.`);
            }) };
    },
};
function isSecurity(issue) {
    return fields_text(issue, 'type') === 'VULNERABILITY' || each(issue, 'impacts').some((impact) => fields_text(impact, 'softwareQuality') === 'SECURITY');
}
function issue(one) {
    const decision = fields_text(one, 'resolution') ?? fields_text(one, 'issueStatus') ?? '';
    return {
        kind: 'sast', rule: need(one, 'rule'), title: fields_text(one, 'message'), path: sonarqube_pathOf(one), line: number(one, 'line'), fingerprint: fields_text(one, 'hash'),
        claims: sonarqube_claimsOf(one), firstSeen: fields_text(one, 'creationDate'), cwes: texts(one, 'tags').filter((tag) => /^cwe/i.test(tag)),
        ...(/FALSE.POSITIVE|WONTFIX|ACCEPTED/.test(decision) ? { suppressedBy: { by: 'SonarQube', reason: decision } } : {}),
    };
}
// The impact on security is the newer word, and the better one where both are there.
function sonarqube_claimsOf(one) {
    const impact = each(one, 'impacts').find((each) => fields_text(each, 'softwareQuality') === 'SECURITY');
    const severity = fields_text(one, 'severity');
    return [...labelled(impact === undefined ? undefined : fields_text(impact, 'severity')), ...severity === undefined ? [] : levelled(sonarqube_SEVERITIES[severity] ?? 'unknown', severity)];
}
function hotspot(one) {
    const isSafe = ['SAFE', 'ACKNOWLEDGED'].includes(fields_text(one, 'resolution') ?? '');
    return {
        kind: 'sast', rule: fields_text(one, 'ruleKey') ?? need(one, 'securityCategory'), title: fields_text(one, 'message'), path: sonarqube_pathOf(one), line: number(one, 'line'),
        claims: labelled(need(one, 'vulnerabilityProbability')), firstSeen: fields_text(one, 'creationDate'),
        ...(isSafe ? { suppressedBy: { by: 'SonarQube', reason: `reviewed: ${fields_text(one, 'resolution')}` } } : {}),
    };
}
// `project:src/app.ts`
function sonarqube_pathOf(one) {
    const [component, project] = [need(one, 'component'), fields_text(one, 'project')];
    return project !== undefined && component.startsWith(`${project}:`) ? component.slice(project.length + 1) : component.replace(/^[^/]*:/, '');
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/trivy.js



/**
 * Trivy's JSON: of images, file systems, repositories, configurations, SBOMs and clusters.
 * https://github.com/aquasecurity/trivy/blob/main/pkg/types/report.go
 */
const trivy_trivy = {
    name: 'trivy',
    recognise: (sketch) => (sketch.text('SchemaVersion') !== undefined && sketch.has('ArtifactName'))
        || sketch.has('ArtifactName', 'Results') || (sketch.has('ClusterName') && (sketch.has('Resources') || sketch.has('Vulnerabilities') || sketch.has('Misconfigurations')))
        || sketch.has('#.Target', '#.Vulnerabilities') || sketch.has('#.Target', '#.Class'),
    read(collect) {
        collect.tool('trivy');
        let targets = 0;
        const results = json_shape_elements(result(collect, () => { targets++; }));
        const resources = json_shape_elements(members({ Results: results, Error: value((error) => { if (error !== '')
                collect.failure('It could not scan a resource of the cluster.'); }) }));
        const whole = members({
            CreatedAt: wording((time) => { collect.createdAt(time); }),
            ArtifactName: wording((name) => { collect.subject('names', name); }),
            ArtifactType: fact(), ClusterName: fact(), Metadata: object((of) => { trivy_tellMetadata(collect, of); }),
            Trivy: object((of) => { collect.tool('trivy', fields_text(of, 'Version')); }),
            Results: results, Resources: resources, Vulnerabilities: resources, Misconfigurations: resources,
        }, (scope) => { collect.kind(...trivy_kindsOf(scope)); });
        return { shape: either(results, whole), done: () => {
                if (targets === 0)
                    collect.nothingScanned('It lists no target: Trivy found no package or file to scan, or did not say which (--list-all-pkgs has it say so).');
            } };
    },
};
function result(collect, begin) {
    return members({
        Target: fact(), Class: fact(), Type: fact(),
        Packages: json_shape_elements(value(() => { collect.scanned(1, 'packages'); })),
        Vulnerabilities: objects((one, scope) => { collect.add(vulnerability(one, scope)); }),
        Misconfigurations: objects((one, scope) => { if (fields_text(one, 'Status') !== 'PASS')
            collect.add(misconfiguration(one, scope)); }),
        Secrets: objects((one, scope) => { collect.add(secret(one, scope)); }),
        Licenses: objects((one, scope) => { collect.add(licence(one, scope)); }),
        ExperimentalModifiedFindings: objects((one, scope) => { addModified(collect, one, scope); }),
    }, begin);
}
function vulnerability(one, scope) {
    const isSystem = factOf(scope, 'Class') === 'os-pkgs';
    const purl = fields_text(inner(one, 'PkgIdentifier'), 'PURL');
    return {
        kind: isSystem || isOfImage(scope) ? 'container' : 'sca', rule: need(one, 'VulnerabilityID'), aliases: texts(one, 'VendorIDs'),
        title: fields_text(one, 'Title'), message: fields_text(one, 'Description'), url: fields_text(one, 'PrimaryURL'),
        package: { name: need(one, 'PkgName'), version: fields_text(one, 'InstalledVersion'), ecosystem: factText(scope, 'Type'), purl },
        fixedIn: [fields_text(one, 'FixedVersion')], path: fields_text(one, 'PkgPath') ?? (isSystem ? undefined : factText(scope, 'Target')),
        claims: [...labelled(fields_text(one, 'Severity'), fields_text(one, 'SeveritySource')), ...trivy_scoresOf(inner(one, 'CVSS'))],
        cwes: texts(one, 'CweIDs'),
    };
}
function trivy_scoresOf(bySource) {
    return Object.entries(bySource.members).flatMap(([source, scores]) => {
        const of = fields(scores, 'CVSS');
        return [...claim_scored(number(of, 'V40Score'), 4, source, fields_text(of, 'V40Vector')), ...claim_scored(number(of, 'V3Score'), 3, source, fields_text(of, 'V3Vector')), ...claim_scored(number(of, 'V2Score'), 2, source, fields_text(of, 'V2Vector'))];
    });
}
function misconfiguration(one, scope) {
    const cause = inner(one, 'CauseMetadata');
    return {
        kind: 'iac', rule: need(one, 'ID'), title: fields_text(one, 'Title'), message: fields_text(one, 'Message'), url: fields_text(one, 'PrimaryURL'),
        path: factText(scope, 'Target'), line: number(cause, 'StartLine'), endLine: number(cause, 'EndLine'), fingerprint: fields_text(cause, 'Resource'),
        claims: labelled(fields_text(one, 'Severity')),
        ...(fields_text(one, 'Status') === 'EXCEPTION' ? { suppressedBy: { by: 'an exception in Trivy\'s checks' } } : {}),
    };
}
function secret(one, scope) {
    return {
        kind: 'secrets', rule: need(one, 'RuleID'), title: fields_text(one, 'Title'), path: factText(scope, 'Target'),
        line: number(one, 'StartLine'), endLine: number(one, 'EndLine'), conceal: [fields_text(one, 'Match')], claims: labelled(fields_text(one, 'Severity')),
    };
}
function licence(one, scope) {
    const name = need(one, 'Name');
    return {
        kind: 'licence', rule: name, licence: name, title: `${name} (${fields_text(one, 'Category') ?? 'not classified'})`, url: fields_text(one, 'Link'),
        package: fields_text(one, 'PkgName') === undefined || fields_text(one, 'PkgName') === '' ? undefined : { name: fields_text(one, 'PkgName') ?? '', ecosystem: factText(scope, 'Type') },
        path: fields_text(one, 'FilePath') ?? factText(scope, 'Target'), claims: labelled(fields_text(one, 'Severity')),
    };
}
// What an ignore file or a VEX document of Trivy's took away, shown with `--show-suppressed`.
function addModified(collect, one, scope) {
    const suppressedBy = { by: fields_text(one, 'Source') ?? 'Trivy', reason: fields_text(one, 'Statement') ?? fields_text(one, 'Status') ?? '' };
    if (fields_text(one, 'Type') === 'vulnerability')
        collect.add({ ...vulnerability(inner(one, 'Finding'), scope), suppressedBy });
}
function trivy_tellMetadata(collect, of) {
    const system = inner(of, 'OS');
    if (flag(system, 'EOSL') === true)
        collect.remark(`${fields_text(system, 'Family') ?? 'The system'} ${fields_text(system, 'Name') ?? ''} gets no security updates any more: what is wrong with it may be listed nowhere.`);
    collect.subject('digests', fields_text(of, 'ImageID'));
    for (const digest of texts(of, 'RepoDigests'))
        collect.subject('digests', digest.split('@')[1]);
    for (const tag of texts(of, 'RepoTags'))
        collect.subject('names', tag);
    collect.subject('commits', fields_text(of, 'Commit'));
}
function trivy_kindsOf(scope) {
    return [isOfImage(scope) || factOf(scope, 'ClusterName') !== undefined ? 'container' : 'sca'];
}
function isOfImage(scope) {
    return ['container_image', 'vm', 'virtual_machine'].includes(factText(scope, 'ArtifactType') ?? '');
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/trufflehog.js


/**
 * TruffleHog's JSON lines. Its log, if it is mixed in (`2>&1`), proves that the scan came to its end; alone, no finding is an empty file.
 * https://github.com/trufflesecurity/trufflehog/blob/main/pkg/output/json.go
 */
const trufflehog = {
    name: 'trufflehog',
    recognise: (sketch) => sketch.has('DetectorName', 'SourceMetadata') || (sketch.has('level', 'msg') && sketch.text('logger') === 'trufflehog'),
    read(collect) {
        collect.tool('trufflehog');
        collect.kind('secrets');
        const log = { hasBegun: false, hasEnded: false };
        return {
            takesMany: true,
            shape: object((line) => {
                if (has(line, 'DetectorName'))
                    collect.add(trufflehog_draftOf(line));
                else
                    tellLog(collect, line, log);
            }),
            done: () => { if (log.hasBegun && !log.hasEnded)
                collect.failure('Its log does not say that the scan was finished.'); },
        };
    },
};
function trufflehog_draftOf(line) {
    const detector = need(line, 'DetectorName');
    const [place] = Object.values(inner(inner(line, 'SourceMetadata'), 'Data').members);
    const at = fields(place ?? {}, 'SourceMetadata', 'Data');
    const parts = Object.values(inner(line, 'SecretParts').members).filter((part) => typeof part === 'string');
    const isVerified = flag(line, 'Verified') === true;
    const isUnsure = fields_text(line, 'VerificationError') !== undefined;
    return {
        kind: 'secrets', rule: detector, title: `${detector}: ${isVerified ? 'a secret that works' : isUnsure ? 'a secret; whether it works could not be found out' : 'a secret'}`,
        path: fields_text(at, 'file') ?? fields_text(at, 'link') ?? fields_text(at, 'image'), line: number(at, 'line'), firstSeen: fields_text(at, 'timestamp'),
        secret: fields_text(line, 'Raw'), conceal: [fields_text(line, 'RawV2'), ...parts],
        claims: ruled('critical', isVerified ? 'a secret that works' : 'a secret in the sources'),
    };
}
function tellLog(collect, line, log) {
    const message = fields_text(line, 'msg');
    if (message === undefined)
        return;
    log.hasBegun = true;
    const isError = fields_text(line, 'level') === 'error' || /encountered errors during scan/i.test(message);
    if (isError)
        collect.failure(`TruffleHog reports an error: ${message}.`);
    if (isError || /finished scanning/i.test(message))
        log.hasEnded = true;
    if (/finished scanning/i.test(message))
        collect.scanned(number(line, 'chunks') ?? 0, 'pieces of data');
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/yarn-audit.js




// What Yarn 1 calls its lines; those of its log are all there is when the registry did not answer.
const LINES = ['auditAdvisory', 'auditSummary', 'auditAction', 'info', 'warning', 'error'];
/** Yarn's audit, a line of JSON for each advisory: `yarn audit --json` of Yarn 1, `yarn npm audit --json` of Yarn 4. */
const yarnAudit = {
    name: 'yarn-audit',
    recognise: (sketch) => (sketch.has('data') && LINES.includes(sketch.text('type') ?? '')) || sketch.has('value', 'children.Severity'),
    read(collect) {
        collect.tool('yarn-audit');
        collect.kind('sca');
        const state = { isOld: false, hasEnded: false, hasFailed: false };
        return {
            takesMany: true,
            shape: object((line) => {
                if (typeof line.members['children'] === 'object')
                    addLine(collect, line);
                else
                    tellLine(collect, line, state);
            }),
            done: () => { if (state.isOld && !state.hasEnded && !state.hasFailed)
                collect.failure('Its summary, which Yarn writes at the end, is missing: the audit did not run through.'); },
        };
    },
};
function tellLine(collect, line, state) {
    const type = need(line, 'type');
    state.isOld = true;
    if (type === 'error') {
        state.hasFailed = true;
        collect.failure(`Yarn could not audit: ${typeof line.members['data'] === 'string' ? line.members['data'] : 'it did not say why'}.`);
    }
    if (type === 'auditSummary') {
        state.hasEnded = true;
        collect.scanned(number(inner(line, 'data'), 'totalDependencies') ?? 0, 'dependencies');
    }
    if (type !== 'auditAdvisory')
        return;
    const { members } = inner(line, 'data');
    const isDevelopment = flag(inner({ path: line.path, members }, 'resolution'), 'dev') === true;
    for (const draft of advisoryDrafts(fields(members['advisory'], ...line.path, 'data', 'advisory')))
        collect.add({ ...draft, ...(isDevelopment ? { scope: 'development' } : {}) });
}
// { value: <package>, children: { ID, Issue, URL, Severity, 'Vulnerable Versions', 'Tree Versions', Dependents } }
function addLine(collect, line) {
    const advisory = inner(line, 'children');
    const url = fields_text(advisory, 'URL');
    const ecosystem = 'npm';
    const [alias] = aliasesIn(url ?? '');
    const id = alias ?? textOrNumber(advisory, 'ID') ?? need(advisory, 'Issue');
    // Packages that are only deprecated are told in the same form.
    if (/deprecat/i.test(textOrNumber(advisory, 'ID') ?? ''))
        return;
    for (const version of texts(advisory, 'Tree Versions')) {
        collect.add({ kind: 'sca', rule: id, title: fields_text(advisory, 'Issue'), url, package: { name: need(line, 'value'), version, ecosystem }, claims: labelled(fields_text(advisory, 'Severity')) });
    }
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/zap.js



const RISKS = { 3: 'high', 2: 'medium', 1: 'low', 0: 'info' };
/** ZAP's traditional JSON. https://github.com/zaproxy/zap-extensions/tree/main/addOns/reports/src/main/zapHomeFiles/reports/traditional-json */
const zap = {
    name: 'zap',
    recognise: (sketch) => sketch.has('site', '@version') || sketch.has('site', '@generated') || sketch.has('site.#.alerts') || sketch.has('site.alerts'),
    read(collect) {
        collect.tool('zap');
        collect.kind('dast');
        let sites = 0;
        const site = object((one) => {
            sites++;
            addSite(collect, one);
        });
        return { shape: members({
                '@version': wording((version) => { collect.tool('zap', version); }),
                '@generated': wording((time) => { collect.createdAt(time); }),
                created: fact((time) => { collect.createdAt(String(time)); }),
                stoppingInsight: value((of) => { tellStop(collect, of); }),
                site: either(json_shape_elements(site), site),
            }, ({ seen }) => {
                if (!seen.has('site'))
                    collect.failure('It has no list of sites.');
                else if (sites === 0)
                    collect.nothingScanned('It has no site: ZAP reached nothing.');
            }) };
    },
};
function addSite(collect, site) {
    const name = fields_text(site, '@name') ?? need(site, '@host');
    collect.subject('names', name);
    for (const alert of has(site, 'alerts') ? each(site, 'alerts') : [])
        addAlert(collect, name, alert);
}
/** Adds an alert of a site; JSON and XML have the same members. @throws {Damage} */
function addAlert(collect, site, alert) {
    const risk = textOrNumber(alert, 'riskcode') ?? '';
    const plugin = textOrNumber(alert, 'alertRef') || textOrNumber(alert, 'pluginid') || need(alert, 'name');
    const places = list(alert, 'instances').map((one, index) => fields(one, ...alert.path, 'instances', index));
    const title = fields_text(alert, 'name') ?? fields_text(alert, 'alert') ?? plugin;
    // Once for each place: they are one finding, and its number of occurrences.
    for (const place of places.length === 0 ? [undefined] : places) {
        collect.add({
            kind: 'dast', rule: plugin, title, message: place === undefined ? undefined : zap_placeOf(place), path: site, fingerprint: 'site',
            claims: levelled(RISKS[risk] ?? 'unknown', fields_text(alert, 'riskdesc') ?? risk), cwes: [textOrNumber(alert, 'cweid')],
            ...(textOrNumber(alert, 'confidence') === '0' ? { suppressedBy: { by: 'ZAP', reason: 'marked as a false positive' } } : {}),
        });
    }
}
// A query can hold a session or a token.
function zap_placeOf(place) {
    const uri = (fields_text(place, 'uri') ?? '').replace(/[?#].*$/s, '');
    const parameter = fields_text(place, 'param') ?? '';
    return `${fields_text(place, 'method') ?? ''} ${uri}${parameter === '' ? '' : ` (parameter ${parameter})`}`.trim();
}
function tellStop(collect, insight) {
    const of = typeof insight === 'object' && insight !== null && !Array.isArray(insight) ? fields(insight, 'stoppingInsight') : undefined;
    collect.failure(`ZAP stopped the scan: ${of === undefined ? 'it does not say why' : fields_text(of, 'description') ?? fields_text(of, 'reason') ?? 'it does not say why'}.`);
}

;// CONCATENATED MODULE: ./build/shared/findings/formats.js























/** Every format that is read. The first that recognises a document reads it: the particular come before the general. */
const FORMATS_READ = [
    sarif, cyclonedx, trivy_trivy, grype_grype, npmAudit, yarnAudit, pnpmAudit, safety, clair, anchore, snyk_snyk, pipAudit, gitleaks_gitleaks, trufflehog, bandit, semgrep, osv_scanner_osvScanner,
    dependencyCheck, zap, ggshield, sonarqube, checkov, codeScanningAlerts, dependabotAlerts,
];

;// CONCATENATED MODULE: ./build/shared/findings/json-frame.js


/** Where a document begins; `shape` is the document's. */
function rootFrame(document, shape) {
    return json_frame_frame({ key: document, parent: undefined, shape, isList: true, depth: 0, awaits: 'document', next: document });
}
/** An object or a list that opens as the next value of its parent. */
function childFrame(parent, shape, isList) {
    return json_frame_frame({ key: parent.next, parent, shape, isList, depth: parent.depth + 1, awaits: 'first', next: isList ? 0 : '' });
}
function json_frame_frame(fields) {
    return { ...fields, facts: {}, seen: new Set(), gathered: [], wasUsed: false, isLate: false };
}
/** A name of an open object or list, the same in every walk. */
function json_frame_idOf(frame) {
    let root = frame;
    while (root.parent !== undefined)
        root = root.parent;
    return JSON.stringify([root.key, ...pathOf(frame)]);
}
/** The shape that the next value of a frame should have. */
function nextShape({ shape, next, depth }) {
    if (depth === 0)
        return shape;
    if (shape?.kind === 'members')
        return Object.hasOwn(shape.of, next) ? shape.of[next] : undefined;
    return shape?.kind === 'elements' || shape?.kind === 'entries' ? shape.of : undefined;
}
/** The shape that a list, or anything else, has where a tool writes either. */
function chosenShape(shape, isList) {
    return shape?.kind === 'either' ? shape[isList ? 'list' : 'object'] : shape;
}
/** Hands a whole value to what its frame wants done with it. @throws {Damage} when a list or an object was wanted. */
function deliver(frame, value) {
    const given = nextShape(frame);
    if (given?.kind === 'either' && value !== null && typeof value !== 'object')
        throw mistyped(frame, value);
    const wanted = chosenShape(given, Array.isArray(value));
    if (frame.shape?.kind === 'gather' && frame.depth > 0)
        return gatherValue(frame, frame.shape.reduce(value, frame.next));
    // In an object, null is what some languages write for nothing.
    if (wanted === undefined || (value === null && !frame.isList))
        return;
    frame.seen.add(String(frame.next));
    if (wanted.kind === 'fact')
        setFact(frame, String(frame.next), wanted.reduce(value));
    else if (wanted.kind === 'value') {
        for (let at = frame; at !== undefined && !at.wasUsed; at = at.parent)
            at.wasUsed = true;
        wanted.take(value, frame, frame.next);
    }
    else
        throw mistyped(frame, value);
}
/** What to throw where the next value of a frame is of another type than its shape says. */
function mistyped(frame, value) {
    return new Damage(`${shownPath([...pathOf(frame), ...(frame.depth === 0 ? [] : [frame.next])])} is ${typeName(value)}, which this format does not have there`);
}
/** Sets a fact, and notes when it comes too late. */
function setFact(frame, name, value) {
    if (frame.wasUsed && !Object.hasOwn(frame.facts, name))
        frame.isLate = true;
    frame.facts[name] = value;
}
function gatherValue(frame, reduced) {
    if (reduced !== undefined)
        frame.gathered.push(reduced);
}

;// CONCATENATED MODULE: ./build/shared/findings/json-slice.js

/** One value may take this much memory, bytes. A value is one finding, or all rules of a tool; those are some 10 MB at most. */
const LARGEST_VALUE = 64 * 1024 * 1024;
// Ten times what any scanner writes, and far from what exhausts a parser.
const DEEPEST = 500;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** A slice that begins with this byte. With `isKept` false its bytes are passed over. */
function beginSlice(firstByte, isKept) {
    const isBare = firstByte !== QUOTE && (firstByte | 0x20) !== 0x7b;
    return { parts: [], isKept, isBare, bytes: 0, depth: 0, inString: false, isEscaped: false };
}
/**
 * Takes bytes from `at`; returns the index after the value's last byte, or -1 while it goes on.
 * @throws {Damage} when the value is too deep or too large.
 */
function takeSlice(slice, chunk, at) {
    const end = slice.isBare ? endOfBare(chunk, at) : endOfQuotedOrNested(slice, chunk, at);
    if (!slice.isKept)
        return end;
    const piece = chunk.subarray(at, end === -1 ? chunk.length : end);
    slice.bytes += piece.length;
    if (slice.bytes > LARGEST_VALUE)
        throw new Damage(`one value takes more than ${LARGEST_VALUE / 1024 / 1024} MiB`);
    slice.parts.push(piece);
    return end;
}
/** The value as text. Bytes that are not UTF-8 become U+FFFD: they can be in a path or a snippet, never in the structure. */
function textOfSlice({ parts }) {
    return (parts.length === 1 ? parts[0] : Buffer.concat(parts)).toString('utf8');
}
// Every byte of a report passes here: local variables, no calls.
function endOfQuotedOrNested(slice, chunk, from) {
    let { depth, inString, isEscaped } = slice;
    let at = from;
    for (; at < chunk.length; at++) {
        const byte = chunk[at];
        if (inString) {
            if (isEscaped)
                isEscaped = false;
            else if (byte === BACKSLASH)
                isEscaped = true;
            else if (byte === QUOTE) {
                inString = false;
                if (depth === 0)
                    return at + 1;
            }
        }
        else if (byte === QUOTE)
            inString = true;
        else if ((byte | 0x20) === 0x7b) { // { or [, which differ in one bit
            if (++depth > DEEPEST)
                throw new Damage(`values are nested more than ${DEEPEST} deep`);
        }
        else if ((byte | 0x20) === 0x7d && --depth === 0)
            return at + 1; // } or ]
    }
    slice.depth = depth;
    slice.inString = inString;
    slice.isEscaped = isEscaped;
    return -1;
}
function endOfBare(chunk, from) {
    for (let at = from; at < chunk.length; at++) {
        const byte = chunk[at];
        if (byte === 0x2c || byte === 0x5d || byte === 0x7d || byte <= 0x20)
            return at;
    }
    return -1;
}

;// CONCATENATED MODULE: ./build/shared/findings/log-line.js
// Longer lines are no program's log.
const LONGEST = 16 * 1024; // bytes
/**
 * Whether a line between documents is some program's log, which `2>&1` mixes in, and not a piece of a broken document:
 * taking a piece for a log line would read what is left of a report as a whole one.
 */
function isLogLine(line) {
    if (line.length > LONGEST)
        return false;
    const text = line.toString('utf8').replace(/\u001B\[[\d;]*m/g, '').trim();
    return !/^["}\]:,]|[{[,}]$|":|^(?:-?\d[\d.eE+-]*|true|false)$/.test(text);
}
/** Whether a byte after `[` shows that no list of JSON begins there: `[INFO] scanning`. */
function beginsLogLabel(byte) {
    return byte !== undefined && ((byte >= 0x41 && byte <= 0x5a) || byte === 0x1b || (byte >= 0x61 && byte <= 0x7a && !'tfn'.includes(String.fromCharCode(byte))));
}

;// CONCATENATED MODULE: ./build/shared/findings/json-walk.js





// What has no shape is walked down to here rather than cut out, so that a large part that nobody wants is never held whole.
const WALKED_DEPTH = 4;
const NEWLINE = 0x0a;
const json_walk_QUOTE = 0x22;
const OPEN_OBJECT = 0x7b;
const OPEN_LIST = 0x5b;
/**
 * A walk through documents of this shape, in memory bounded by the largest single value. What has no shape is checked to be
 * JSON and passed over. With `sketching` nothing is checked below the depth that is walked, and the end may come anywhere.
 */
function beginWalk(shape, known = new Map(), sketching) {
    return { shape, known, sketching, late: new Map(), documents: 0, logLines: 0, top: rootFrame(0, shape), cutting: undefined, slice: beginSlice(0, false), line: [] };
}
/** Takes the next bytes, which are UTF-8. @throws {Damage} where they are not JSON, or not of the shape. */
function walkOn(walk, chunk) {
    for (let at = 0; at < chunk.length;) {
        const byte = chunk[at];
        if (walk.cutting === 'line')
            at = takeLine(walk, chunk, at);
        else if (walk.cutting !== undefined)
            at = takeCut(walk, chunk, at);
        else if (byte === 0x20 || byte === NEWLINE || byte === 0x0d || byte === 0x09)
            at++;
        else
            at = step(walk, chunk, at);
    }
}
/** Says that there are no more bytes. @throws {Damage} when a document is cut off. */
function endWalk(walk) {
    if (walk.cutting === 'line')
        endLine(walk);
    // A document that is taken as one value is cut off outside of every frame.
    const isCutOff = walk.top.depth > 0 || walk.cutting === 'value' || walk.cutting === 'key';
    if (isCutOff && walk.sketching === undefined)
        throw new Damage(`it ends in the middle, in ${shownPath(pathOf(walk.top))}`);
}
// One byte that is no space, outside of what is cut out.
function step(walk, chunk, at) {
    const byte = chunk[at];
    const { top } = walk;
    switch (top.awaits) {
        case 'document':
            if ((byte === OPEN_LIST && !beginsLogLabel(chunk[at + 1])) || byte === OPEN_OBJECT)
                return beginValue(walk, byte, at);
            walk.cutting = 'line';
            return at;
        case 'first':
            if (byte === closerOf(top))
                return json_walk_close(walk, at);
            return top.isList ? beginValue(walk, byte, at) : beginKey(walk, byte, at);
        case 'key': return beginKey(walk, byte, at);
        case 'value': return beginValue(walk, byte, at);
        case 'colon':
            if (byte !== 0x3a)
                throw broken(top);
            top.awaits = 'value';
            return at + 1;
        case 'comma':
            if (byte === closerOf(top))
                return json_walk_close(walk, at);
            if (byte !== 0x2c)
                throw broken(top);
            if (top.isList)
                top.next = Number(top.next) + 1;
            top.awaits = top.isList ? 'value' : 'key';
            return at + 1;
    }
}
function beginKey(walk, byte, at) {
    if (byte !== json_walk_QUOTE)
        throw broken(walk.top);
    walk.cutting = 'key';
    walk.slice = beginSlice(byte, true);
    return at;
}
function beginValue(walk, byte, at) {
    const { top, sketching } = walk;
    const isList = byte === OPEN_LIST;
    const isContainer = isList || byte === OPEN_OBJECT;
    if (isContainer) {
        const shape = chosenShape(nextShape(top), isList);
        sketching?.(top, top.next, undefined);
        if (isWalked(top, shape, isList)) {
            json_walk_open(walk, shape, isList);
            return at + 1;
        }
    }
    walk.cutting = 'value';
    walk.slice = beginSlice(byte, sketching === undefined || !isContainer);
    return at;
}
function isWalked(top, shape, isList) {
    if (shape === undefined)
        return top.depth < WALKED_DEPTH && (top.shape?.kind !== 'gather' || top.depth === 0);
    if (shape.kind === 'value' || shape.kind === 'fact')
        return false;
    if (shape.kind !== 'gather' && isList !== (shape.kind === 'elements'))
        throw mistyped(top, isList ? [] : {});
    return true;
}
function json_walk_open(walk, shape, isList) {
    if (shape !== undefined)
        walk.top.seen.add(String(walk.top.next));
    const frame = childFrame(walk.top, shape, isList);
    if (walk.known.size > 0)
        Object.assign(frame.facts, walk.known.get(json_frame_idOf(frame)));
    walk.top = frame;
}
function json_walk_close(walk, at) {
    const { top: frame } = walk;
    const parent = frame.parent;
    if (frame.isLate)
        walk.late.set(json_frame_idOf(frame), frame.facts);
    if (frame.shape?.kind === 'members')
        frame.shape.done?.(frame);
    if (frame.shape?.kind === 'gather')
        setFact(parent, String(frame.key), frame.gathered);
    walk.top = parent;
    passed(walk);
    return at + 1;
}
function passed(walk) {
    if (walk.top.depth > 0)
        walk.top.awaits = 'comma';
    else
        walk.top = rootFrame(++walk.documents, walk.shape);
}
function takeCut(walk, chunk, at) {
    const end = takeSlice(walk.slice, chunk, at);
    if (end === -1)
        return chunk.length;
    const isKey = walk.cutting === 'key';
    walk.cutting = undefined;
    if (isKey)
        takeKey(walk);
    else
        takeValue(walk);
    return end;
}
function takeKey({ top, slice }) {
    top.next = parsed(top, slice);
    top.awaits = 'colon';
    if (nextShape(top) !== undefined && top.shape?.kind === 'members' && top.seen.has(top.next))
        throw new Damage(`${shownPath([...pathOf(top), top.next])} is there twice`);
}
function takeValue(walk) {
    const { top, slice } = walk;
    if (slice.isKept) {
        const value = parsed(top, slice);
        walk.sketching?.(top, top.next, value);
        deliver(top, value);
    }
    passed(walk);
}
// The parser's own message quotes the document, and what it quotes may be a secret.
function parsed(frame, slice) {
    try {
        return JSON.parse(textOfSlice(slice));
    }
    catch {
        throw broken(frame);
    }
}
function takeLine(walk, chunk, at) {
    const end = chunk.indexOf(NEWLINE, at);
    walk.line.push(chunk.subarray(at, end === -1 ? chunk.length : end));
    if (end === -1)
        return chunk.length;
    endLine(walk);
    return end + 1;
}
function endLine(walk) {
    const line = Buffer.concat(walk.line);
    walk.line = [];
    walk.cutting = undefined;
    if (!isLogLine(line))
        throw new Damage('a piece of it is neither JSON nor a line of a log');
    walk.logLines++;
}
function closerOf(frame) {
    return frame.isList ? 0x5d : 0x7d;
}
function broken(frame) {
    return new Damage(`it is not valid JSON, in ${shownPath(frame.depth === 0 ? [] : [...pathOf(frame), frame.next])}`);
}

// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __nccwpck_require__(7075);
;// CONCATENATED MODULE: ./build/shared/findings/zip.js


// A job's artifact has a few reports; an archive of this many is not one.
const MOST_ENTRIES = 200;
/** The files in a ZIP archive, such as GitHub makes of artifacts, ordered by name. @throws {Damage} when it cannot be read or has too many. */
async function zipEntries(path) {
    const entries = (await inArchive(path, readEntries)).filter(({ fileName }) => !fileName.endsWith('/'));
    const names = entries.map(({ fileName }) => fileName).sort();
    if (new Set(names).size < names.length)
        throw new Damage('the archive has a file twice');
    if (entries.some((entry) => entry.isEncrypted()))
        throw new Damage('the archive is encrypted');
    return names.map((name) => ({ name, open: () => bytesOf(path, name) }));
}
function readEntries(archive) {
    if (archive.entryCount > MOST_ENTRIES)
        throw new Damage(`the archive has more than ${MOST_ENTRIES} files`);
    const entries = [];
    return new Promise((resolve, reject) => {
        archive.on('error', reject).on('end', () => { resolve(entries); });
        archive.on('entry', (entry) => {
            entries.push(entry);
            archive.readEntry();
        });
        archive.readEntry();
    });
}
async function* bytesOf(path, name) {
    const archive = await opened(path);
    try {
        const entry = (await readEntries(archive)).find(({ fileName }) => fileName === name);
        let sum = 0;
        for await (const chunk of await streamOf(archive, entry)) {
            sum = (0,external_node_zlib_.crc32)(chunk, sum);
            yield chunk;
        }
        if (sum !== entry.crc32)
            throw new Damage('its checksum in the archive is another');
    }
    catch (error) {
        throw damageOf(error);
    }
    finally {
        archive.close();
    }
}
async function inArchive(path, task) {
    const archive = await opened(path);
    try {
        return await task(archive);
    }
    catch (error) {
        throw damageOf(error);
    }
    finally {
        archive.close();
    }
}
async function opened(path) {
    const { open } = await __nccwpck_require__.e(/* import() */ 663).then(__nccwpck_require__.t.bind(__nccwpck_require__, 663, 19));
    return new Promise((resolve, reject) => {
        open(path, { lazyEntries: true, autoClose: false }, (error, archive) => {
            if (error === null)
                resolve(archive);
            else
                reject(damageOf(error));
        });
    });
}
function streamOf(archive, entry) {
    return new Promise((resolve, reject) => {
        archive.openReadStream(entry, (error, stream) => {
            if (error === null)
                resolve(stream);
            else
                reject(error);
        });
    });
}
function damageOf(error) {
    return error instanceof Damage ? error : new Damage('it is a ZIP archive, and damaged or cut off');
}

;// CONCATENATED MODULE: ./build/shared/findings/report-bytes.js





/** An unpacked report may be this large, bytes. Four times the largest asked for; what grows further is a bomb. */
const LARGEST_REPORT = 1024 ** 3;
const CHUNK = 64 * 1024;
/** The reports in a file: itself, plain or gzipped, or the files in a ZIP archive. @throws {Damage} when the archive cannot be read. */
async function reportBytes(path, largest = LARGEST_REPORT) {
    const head = await firstBytes(path);
    if (head.toString('latin1', 0, 4) !== 'PK\u0003\u0004' && head.toString('latin1', 0, 4) !== 'PK\u0005\u0006') {
        return [{ path, open: () => readable((0,external_node_fs_.createReadStream)(path, { highWaterMark: CHUNK }), largest) }];
    }
    const entries = await zipEntries(path);
    return entries.map(({ name, open }) => ({ path: `${path}!${name}`, open: () => readable(open(), largest) }));
}
async function firstBytes(path) {
    for await (const chunk of (0,external_node_fs_.createReadStream)(path, { end: 3 }))
        return chunk;
    return Buffer.alloc(0);
}
async function* readable(raw, largest) {
    let total = 0;
    for await (const chunk of asUtf8(unzipped(raw))) {
        total += chunk.length;
        if (total > largest)
            throw new Damage(`unpacked it is larger than ${Math.floor(largest / 1024 / 1024)} MiB`);
        yield chunk;
    }
}
async function* unzipped(raw) {
    const [head, rest] = await peek(raw, 2);
    if (head[0] !== 0x1f || head[1] !== 0x8b)
        return yield* rest;
    try {
        // Node hands an error of the source on through the pipeline, but asks for a callback.
        yield* (0,external_node_stream_.pipeline)(rest, (0,external_node_zlib_.createGunzip)({ chunkSize: CHUNK }), () => { });
    }
    catch (error) {
        throw error instanceof Damage ? error : new Damage('it is compressed, and damaged or cut off');
    }
}
async function* asUtf8(bytes) {
    const [head, rest] = await peek(bytes, 200);
    const encoding = encodingOf(head);
    if (encoding === 'utf-8') {
        let skip = head.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? 3 : 0;
        for await (const chunk of rest) {
            yield skip === 0 ? chunk : chunk.subarray(skip);
            skip = 0;
        }
        return;
    }
    const decoder = decoderOf(encoding);
    for await (const chunk of rest)
        yield Buffer.from(decoder.decode(chunk, { stream: true }));
    yield Buffer.from(decoder.decode());
}
// PowerShell's `>` writes UTF-16 with a mark. Without a mark, JSON and XML begin with a character below 128, which shows in the zeros.
function encodingOf(head) {
    if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] !== 0 && head[1] === 0 && head[2] !== 0))
        return 'utf-16le';
    if ((head[0] === 0xfe && head[1] === 0xff) || (head[0] === 0 && head[1] !== 0 && head[1] !== undefined))
        return 'utf-16be';
    return /^\s*<\?xml[^>]*\sencoding=["']([\w.-]+)["']/.exec(head.toString('latin1').replace('\u00EF\u00BB\u00BF', ''))?.[1]?.toLowerCase() ?? 'utf-8';
}
function decoderOf(encoding) {
    try {
        return new TextDecoder(encoding);
    }
    catch {
        throw new Damage('it says that it has an encoding which is not known');
    }
}
// The first chunk with at least so many bytes, if there are so many, and everything including it.
async function peek(bytes, least) {
    const iterator = bytes[Symbol.asyncIterator]();
    let head = Buffer.alloc(0);
    while (head.length < least) {
        const next = await iterator.next();
        if (next.done === true)
            break;
        head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
    }
    async function* all() {
        try {
            if (head.length > 0)
                yield head;
            yield* { [Symbol.asyncIterator]: () => ({ next: () => iterator.next() }) };
        }
        finally {
            await iterator.return?.();
        }
    }
    return [head, all()];
}

;// CONCATENATED MODULE: ./build/shared/findings/report.js
/** The formats that are read. */
const FORMATS = [
    'sarif', 'trivy', 'grype', 'snyk', 'npm-audit', 'yarn-audit', 'pnpm-audit', 'pip-audit', 'gitleaks', 'trufflehog', 'bandit', 'semgrep', 'osv-scanner',
    'dependency-check', 'zap', 'safety', 'ggshield', 'clair', 'anchore', 'sonarqube', 'checkov', 'cyclonedx', 'github-code-scanning', 'github-dependabot',
];
/** The signs of a scan that tells nothing about itself. */
const NO_SIGNS = { failures: [], gaps: [], nothingScanned: [], remarks: [], subject: { commits: [], digests: [], names: [] } };

;// CONCATENATED MODULE: ./build/shared/findings/sketch.js


// Keys can be names of packages or files; enough of them for any format, and no more.
const MOST_PATHS = 20_000;
const LONGEST_TEXT = 300;
/** Begins to sketch; feed its walk with chunk after chunk until the sketch is enough. */
function beginSketch() {
    const texts = new Map();
    const walk = beginWalk(undefined, undefined, (scope, key, value) => { note(texts, scope, key, value); });
    const sketch = {
        has: (...paths) => paths.every((path) => texts.has(path)),
        text: (path) => texts.get(path),
        get documents() { return walk.documents; },
        get isEmpty() { return texts.size === 1 && texts.has(''); },
    };
    return { walk, sketch };
}
function note(texts, scope, key, value) {
    if (texts.size > MOST_PATHS)
        return;
    const isTop = scope.parent === undefined;
    const path = isTop ? '' : [...pathOf(scope), key].map((one) => (typeof one === 'number' ? '#' : one)).join('.');
    if (texts.has(path) && texts.get(path) !== undefined)
        return;
    texts.set(path, typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, LONGEST_TEXT) : undefined);
}

// EXTERNAL MODULE: ./node_modules/saxes/saxes.js
var saxes = __nccwpck_require__(9800);
;// CONCATENATED MODULE: ./build/shared/findings/formats/zap-xml.js





// An alert with all its instances; a page's evidence is some kilobytes.
const LARGEST_ALERT = 16 * 1024 * 1024;
const zap_xml_DEEPEST = 50;
/** Whether a document begins as XML does. */
async function isXml(bytes) {
    for await (const chunk of bytes.open())
        return /^\s*<[?!a-z]/i.test(chunk.toString('latin1', 0, 200));
    return false;
}
/**
 * Reads ZAP's XML report. Entities that a document declares itself are not known to the parser, so none can be a bomb.
 * @throws {Damage} when it is not XML, or no report of ZAP.
 */
async function readZapXml(bytes, options) {
    const { collect, collected } = createCollector(options);
    collect.tool('zap');
    collect.kind('dast');
    const state = { collect, path: [], site: '', alert: undefined, instance: undefined, text: '', size: 0, sites: 0 };
    const parser = new saxes/* SaxesParser */.wT();
    parser.on('error', () => { throw new Damage('it is not valid XML'); });
    parser.on('opentag', ({ name, attributes }) => { zap_xml_opened(state, name, attributes); });
    parser.on('closetag', ({ name }) => { zap_xml_closed(state, name); });
    parser.on('text', (text) => { addText(state, text); });
    parser.on('cdata', (text) => { addText(state, text); });
    const decoder = new TextDecoder();
    for await (const chunk of bytes.open())
        parser.write(decoder.decode(chunk, { stream: true }));
    parser.close();
    if (state.sites === 0)
        collect.nothingScanned('It has no site: ZAP reached nothing.');
    return collected();
}
function zap_xml_opened(state, name, attributes) {
    if (state.path.length === 0 && name !== 'OWASPZAPReport')
        throw new Damage('it is XML, but no report of ZAP');
    if (state.path.length > zap_xml_DEEPEST)
        throw new Damage(`elements are nested more than ${zap_xml_DEEPEST} deep`);
    state.path.push(name);
    state.text = '';
    if (name === 'OWASPZAPReport')
        tellReport(state.collect, attributes);
    if (name === 'site') {
        state.sites++;
        state.site = attributes['name'] ?? attributes['host'] ?? '';
        if (state.site === '')
            throw new Damage('a site has no name');
        state.collect.subject('names', state.site);
    }
    if (name === 'alertitem') {
        state.alert = { instances: [] };
        state.size = 0;
    }
    if (name === 'instance')
        state.instance = {};
}
function tellReport(collect, attributes) {
    collect.tool('zap', attributes['version']);
    collect.createdAt(attributes['created'] ?? attributes['generated']);
}
function zap_xml_closed(state, name) {
    state.path.pop();
    const parent = state.path.at(-1);
    if (name === 'alertitem' && state.alert !== undefined) {
        addAlert(state.collect, state.site, fields(state.alert, 'alertitem'));
        state.alert = undefined;
    }
    else if (name === 'instance' && state.instance !== undefined) {
        state.alert?.['instances']?.push(state.instance);
        state.instance = undefined;
    }
    else if (parent === 'instance' && state.instance !== undefined)
        state.instance[name] = state.text;
    else if (parent === 'alertitem' && state.alert !== undefined)
        setText(state.alert, name, state.text);
    else if (name === 'stoppingInsight')
        state.collect.failure('ZAP stopped the scan.');
}
function setText(alert, name, text) {
    if (name !== 'instances')
        alert[name] = text.trim();
}
function addText(state, text) {
    state.size += text.length;
    if (state.size > LARGEST_ALERT)
        throw new Damage('one alert takes more than 16 MiB');
    state.text += text;
}

;// CONCATENATED MODULE: ./build/shared/findings/read-report.js












/** The reports in a file: one, or those of a ZIP archive. Never throws for what is in the file: that is the report's `fault`. */
async function readReports(path, options) {
    const missing = missingFault(path);
    if (missing !== undefined)
        return [read_report_faulty({ path, sha256: '', bytes: 0 }, ...missing)];
    const file = await digestOf(path);
    if (file.bytes === 0)
        return [read_report_faulty({ path, ...file }, 'empty', 'The file is empty: the scan did not run, or did not write its report.')];
    try {
        const found = await reportBytes(path, options.largest);
        if (found.length === 0)
            return [read_report_faulty({ path, ...file }, 'empty', 'The archive has no files.')];
        const reports = [];
        for (const bytes of found)
            reports.push(await readReportBytes(bytes, file, options));
        return reports;
    }
    catch (error) {
        return [read_report_faulty({ path, ...file }, 'unreadable', read_report_reasonOf(error))];
    }
}
const MANY_BYTES = 1 * 1024 * 1024; // up to here memory is no question
/** The report in some bytes, which are of this file. Never throws for what is in them. */
async function readReportBytes(bytes, file, options) {
    const about = { path: bytes.path, ...file };
    let collected;
    let format;
    try {
        if (await isXml(bytes))
            return { ...about, format: 'zap', ...await readZapXml(bytes, options) };
        const sketch = await sketchOf(bytes);
        format = FORMATS_READ.find((one) => one.recognise(sketch)) ?? toldFormat(sketch, options.format);
        if (format === undefined)
            return read_report_faulty(about, ...unrecognised(sketch));
        collected = await readAs(format, bytes, options);
        return { ...about, format: format.name, ...collected };
    }
    catch (error) {
        return { ...read_report_faulty(about, 'unreadable', read_report_reasonOf(error)), ...(format === undefined ? {} : { format: format.name }) };
    }
}
// Of the tools that have to be named, only these write an empty list when all is well.
const EMPTY_WHEN_CLEAN = ['gitleaks', 'github-code-scanning', 'github-dependabot'];
// These write a list alone, by a name that others have too; without it they are of a scan that failed.
const BARE_WHEN_CLEAN = ['osv-scanner', 'pip-audit'];
// A first line that is cut off is no document, and a number no report, whatever it is said to be.
function toldFormat(sketch, told) {
    const isWhole = sketch.documents > 0 && sketch.text('') === undefined;
    if (!isWhole || !(sketch.isEmpty ? EMPTY_WHEN_CLEAN : BARE_WHEN_CLEAN).includes(told))
        return undefined;
    return FORMATS_READ.find(({ name }) => name === told);
}
// It is read to where it is recognised, which is mostly the first chunk.
async function sketchOf(bytes) {
    const { walk, sketch } = beginSketch();
    for await (const chunk of bytes.open()) {
        walkOn(walk, chunk);
        if (FORMATS_READ.some((format) => format.recognise(sketch)))
            return sketch;
    }
    endWalk(walk);
    return sketch;
}
async function readAs(format, bytes, options) {
    const first = await readOnce(format, bytes, options, new Map());
    // Members came in another order than the tool writes them: what comes late is known the second time.
    return first.late.size === 0 ? first.collected : (await readOnce(format, bytes, options, first.late)).collected;
}
async function readOnce(format, bytes, options, known) {
    const { collect, collected } = createCollector(options);
    const reading = format.read(collect);
    const walk = beginWalk(reading.shape, known);
    let read = 0;
    for await (const chunk of bytes.open()) {
        walkOn(walk, chunk);
        if ((read += chunk.length) > MANY_BYTES)
            keepHeapSmall();
    }
    endWalk(walk);
    if (walk.documents > 1 && reading.takesMany !== true)
        throw new Damage('it has several documents, one after another; this format has one');
    if (walk.logLines > 0)
        collect.remark(`${walk.logLines} lines of a log are mixed into the report: let the tool write it to a file of its own.`);
    reading.done?.(walk.documents);
    return { collected: collected(), late: walk.late };
}
function unrecognised(sketch) {
    if (sketch.documents === 0)
        return ['empty', 'There is no document in the file.'];
    return ['unrecognised', sketch.isEmpty
            ? 'It is an empty list or object, which several tools write when they found nothing: say which tool it is of.'
            : 'It is JSON, but no report of a tool that is known here.'];
}
function missingFault(path) {
    try {
        const found = (0,external_node_fs_.statSync)(path);
        if (found.isFile())
            return undefined;
        return ['unreadable', found.isDirectory() ? 'It is a folder.' : 'It is not a file.'];
    }
    catch (error) {
        const { code } = error;
        return code === 'ENOENT' || code === 'ENOTDIR' ? ['missing', 'There is no such file.'] : ['unreadable', `It cannot be opened (${code}).`];
    }
}
async function digestOf(path) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    let bytes = 0;
    try {
        for await (const chunk of (0,external_node_fs_.createReadStream)(path, { highWaterMark: 64 * 1024 })) {
            hash.update(chunk);
            bytes += chunk.length;
        }
    }
    catch {
        return { sha256: '', bytes };
    }
    return { sha256: hash.digest('hex'), bytes };
}
function read_report_reasonOf(error) {
    if (error instanceof Damage)
        return `It is damaged, or not what it seems: ${plainText(error.message)}.`;
    const { code } = error;
    // A fault of ours must not pass for a fault of the report.
    if (typeof code !== 'string')
        throw error;
    return `It cannot be read (${code}).`;
}
function read_report_faulty(about, kind, reason) {
    return { ...about, tools: [], kinds: [], fault: { kind, reason }, signs: NO_SIGNS, findings: [], suppressed: [] };
}

;// CONCATENATED MODULE: ./build/actions/security-gate/src/reports.js





// The runner compares every line that is printed with every mask: thousands of them would hold the job up, and no value is printed by us.
const MOST_MASKED = 100;
/** How reports are read in this run: secrets in them are hidden and named by its key, paths told from the working directory. */
function readingOf(inputs, job) {
    return { hide: secretHider(maskFirst(job), inputs.secretKey?.reveal() ?? job.run.repository), root: process.cwd() };
}
/** Reads every report that the patterns name, one after the other. */
async function readAllReports(patterns, inputs, job) {
    const reading = readingOf(inputs, job);
    const reports = [];
    const missing = [];
    const notes = [];
    for (const given of patterns) {
        const { pattern, tool } = typed(given);
        const { files, passedOver } = filesOf(pattern);
        if (files.length === 0)
            missing.push({ path: pattern, tools: tool === undefined ? [] : [tool], kinds: [], status: 'missing', reason: `Nothing is at ${pattern}: did the scan run, and was its report downloaded?`, remarks: [] });
        if (passedOver.length > 0)
            notes.push(`${pattern}: ${passedOver.length} files for people were passed over (${passedOver.slice(0, 3).join(', ')}${passedOver.length > 3 ? ', …' : ''})`);
        for (const path of files.filter((one) => !reports.some(({ report }) => report.path === one))) {
            job.signal.throwIfAborted();
            reports.push(...(await readReports(path, { ...reading, format: formatOf(tool) })).map((report) => ({ report, tool })));
        }
    }
    return { reports, missing, notes };
}
/** What all of them hold, what they set aside included, each problem once. */
function mergedFindings(reports) {
    return mergeFindings(reports.flatMap(({ report }) => [...report.findings, ...report.suppressed]));
}
function typed(given) {
    const [, tool, pattern] = /^([a-z][a-z0-9-]*)=(.+)$/.exec(given) ?? [];
    return { pattern: pattern ?? given, tool };
}
function formatOf(tool) {
    return FORMATS.find((format) => format === tool);
}
function maskFirst(job) {
    const masked = new Set();
    return (value) => {
        if (masked.size >= MOST_MASKED || masked.has(value))
            return;
        masked.add(value);
        job.mask(value);
    };
}

;// CONCATENATED MODULE: ./build/actions/security-gate/src/known-before.js





const LARGEST_DECISION = 200_000_000; // bytes
/** The baseline that the inputs name, with why a part of it does not count; without any, everything is new. */
async function readBaseline(inputs, job) {
    if (inputs.baseline.length === 0)
        return { baseline: undefined, notes: [] };
    const paths = inputs.baseline.flatMap((pattern) => filesOf(pattern).files);
    const stored = paths.map((path) => ({ path, baseline: decisionIn(path) }));
    const decisions = stored.flatMap(({ baseline }) => (baseline === undefined ? [] : [baseline]));
    const { reports } = await readAllReports(stored.filter(({ baseline }) => baseline === undefined).map(({ path }) => path), inputs, job);
    const faulty = reports.filter(({ report }) => report.fault !== undefined);
    const sound = reports.filter(({ report }) => report.fault === undefined);
    const all = [...decisions, ...(sound.length > 0 ? [baselineOf(mergedFindings(sound), sound.map(({ report }) => report.path).join(', '))] : [])];
    const notes = [
        ...faulty.map(({ report }) => `The baseline ${report.path} does not count: ${report.fault?.reason}`),
        ...(all.length === 0 ? ['There is no baseline that counts: every finding is new.'] : [`New is what is not in ${all.map(({ of }) => of).join(' and ')}.`]),
    ];
    return { notes, baseline: all.length === 0 ? undefined : { of: all.map(({ of }) => of).join(' and '), known: new Map(all.flatMap(({ known }) => [...known])) } };
}
/** What the KEV and EPSS files tell of what was found. @throws {UserError} when one cannot be read. */
async function readFeeds(inputs, findings) {
    const wanted = new Set(findings.flatMap(({ aliases }) => aliases.map((alias) => alias.toUpperCase())));
    const kev = inputs.kevFile === undefined ? undefined : await readKev(readText('kev-file', inputs.kevFile), inputs.kevFile);
    const epss = inputs.epssFile === undefined ? undefined : await readEpss(inputs.epssFile, wanted);
    return { feeds: { kev: kev?.content, epss: epss?.content }, feedsAt: { kev: kev?.madeAt, epss: epss?.madeAt } };
}
function decisionIn(path) {
    try {
        const text = (0,external_node_fs_.readFileSync)(path, 'utf8');
        return text.length <= LARGEST_DECISION && text.slice(0, 200).includes('slipway-security-decision/') ? storedBaseline(JSON.parse(text)) : undefined;
    }
    catch {
        return undefined;
    }
}

// EXTERNAL MODULE: ./build/shared/core/nearest.js
var nearest = __nccwpck_require__(1544);
;// CONCATENATED MODULE: ./build/shared/checks/shown.js
/**
 * Foreign text made fit for one line of a log or a table: control characters escaped, so that it can never be read as a
 * workflow command, and cut after `limit` characters.
 */
function shown(text, limit = 120) {
    const head = text.slice(0, limit * 2);
    const escaped = head.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, shown_escape);
    return escaped.length > limit || text.length > head.length ? `${escaped.slice(0, limit)}… (${text.length} characters)` : escaped;
}
/** The same, in double quotes. */
function quoted(text, limit) {
    return `"${shown(text, limit)}"`;
}
function shown_escape(character) {
    const known = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
    return known[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

;// CONCATENATED MODULE: ./build/shared/checks/shape.js



/** A record of known keys; an unknown one is a fault that names the nearest. A key without a value counts as absent. */
function record(readers) {
    return (value, path, faults) => {
        if (typeof value !== 'object' || value === null || Array.isArray(value))
            return refuse(faults, path, 'accepted are keys with values', value);
        const known = Object.keys(readers);
        faults.push(...Object.keys(value).filter((key) => !known.includes(key)).map((key) => `${join(path, shown(key, 40))} is unknown; the nearest is ${(0,nearest/* nearest */.p)(key, known)}`));
        const given = Object.entries(value).filter(([key, item]) => known.includes(key) && item !== undefined && item !== null);
        return Object.fromEntries(given.map(([key, item]) => [key, readers[key](item, join(path, key), faults)]));
    };
}
/** A list of values; one value alone counts as a list of one. */
function shape_list(reader) {
    return (value, path, faults) => {
        if (!Array.isArray(value))
            return asList(reader(value, path, faults));
        if (value.length === 0)
            return refuse(faults, path, 'it is empty', value);
        return value.map((item, index) => reader(item, `${path}[${index}]`, faults)).filter((item) => item !== undefined);
    };
}
/** A record of any keys whose values are all of one kind. */
function dictionary(reader) {
    return (value, path, faults) => {
        if (typeof value !== 'object' || value === null || Array.isArray(value))
            return refuse(faults, path, 'accepted are names with values', value);
        const entries = Object.entries(value).map(([key, item]) => [key, reader(item, join(path, shown(key, 40)), faults)]);
        return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
    };
}
function shape_text(parse = (given) => given) {
    return (value, path, faults) => {
        if (typeof value === 'number' || typeof value === 'boolean')
            return refuse(faults, path, `YAML reads it as ${String(value)}, not as text: put it in quotes`);
        if (typeof value !== 'string' || value === '')
            return refuse(faults, path, 'accepted is text', value);
        return attempt(() => parse(value), path, faults);
    };
}
/** Text or a number, as text, that `parse` turns into a value. */
function scalar(parse) {
    return (value, path, faults) => shape_text(parse)(typeof value === 'number' ? String(value) : value, path, faults);
}
/** A whole number within bounds. */
function integer(min, max) {
    return (value, path, faults) => {
        if (typeof value === 'number' && Number.isInteger(value) && min <= value && value <= max)
            return value;
        return refuse(faults, path, `accepted is a whole number from ${min} to ${max}`, value);
    };
}
/** `true` or `false`. */
function shape_flag() {
    return (value, path, faults) => (typeof value === 'boolean' ? value : refuse(faults, path, 'accepted is true or false', value));
}
/** Whatever is there. */
function anything() {
    return (value) => ({ value });
}
function asList(value) {
    return value === undefined ? undefined : [value];
}
// A wrong value may be a secret in the wrong place: what is repeated is only its kind.
function refuse(faults, path, reason, value) {
    faults.push(`${path}: ${reason}${value === undefined ? '' : `, not ${shape_kindOf(value)}`}`);
    return undefined;
}
function shape_kindOf(value) {
    if (value === '')
        return 'empty text';
    if (Array.isArray(value))
        return value.length === 0 ? 'an empty list' : 'a list';
    if (typeof value === 'string')
        return 'this text';
    return typeof value === 'number' || typeof value === 'boolean' ? quoted(`${value}`) : 'a record';
}
function attempt(task, path, faults) {
    try {
        return task();
    }
    catch (error) {
        return refuse(faults, path, (0,errors/* messageOf */.b)(error));
    }
}
function join(path, key) {
    return path === '' ? key : `${path}.${key}`;
}

;// CONCATENATED MODULE: ./build/shared/policy/field.js




/** Gives a field the meaning of its key. */
function field_key(description, field) {
    return { ...field, description };
}
/** Any text. */
const anyText = { reader: shape_text(), schema: { type: 'string', minLength: 1 }, accepts: 'text' };
/** True or false. */
const yesOrNo = { reader: shape_flag(), schema: { type: 'boolean' }, accepts: 'true or false' };
/** A time span, as milliseconds. */
const span = { reader: shape_text(duration/* parseDuration */.E), schema: { type: 'string', pattern: '^(\\d+(\\.\\d+)?(ms|s|m|h|d))+$' }, accepts: 'a duration such as 12h or 7d' };
/** A number above 0 and up to 1. */
const probability = {
    reader: (value, path, faults) => (typeof value === 'number' && value > 0 && value <= 1 ? value : void faults.push(`${path}: accepted is a number above 0 and up to 1`)),
    schema: { type: 'number', exclusiveMinimum: 0, maximum: 1 }, accepts: 'a number above 0 and up to 1',
};
/** One of a few words. */
function word(words) {
    const parse = (given) => {
        const found = words.find((candidate) => candidate === given);
        if (found !== undefined)
            return found;
        const near = (0,nearest/* likelyMeant */.S)(given, words);
        throw new errors/* UserError */.y(near === undefined ? `accepted is one of ${words.join(', ')}` : `there is no ${given}; the nearest is ${near}`);
    };
    return { reader: shape_text(parse), schema: { enum: words }, accepts: words.join(', ') };
}
/** Text that has to fit an expression, which starts and ends with the text. */
function formed(pattern, accepts) {
    const parse = (given) => {
        if (!pattern.test(given))
            throw new errors/* UserError */.y(`accepted is ${accepts}`);
        return given;
    };
    return { reader: shape_text(parse), schema: { type: 'string', pattern: pattern.source }, accepts };
}
/** One value, or a list of them. */
function many(field) {
    return { reader: shape_list(field.reader), schema: { anyOf: [field.schema, { type: 'array', minItems: 1, items: field.schema }] }, accepts: `one or a list of: ${field.accepts}` };
}
/** Names of one's own with a value each. */
function dictionaryOf(field, names, accepts) {
    const reader = (value, path, faults) => {
        const read = dictionary(field.reader)(value, path, faults);
        if (read !== undefined && Object.keys(read).length === 0)
            faults.push(`${path}: accepted is one at least`);
        faults.push(...Object.keys(read ?? {}).filter((name) => !names.test(name)).map((name) => `${path}: ${JSON.stringify(name.slice(0, 40))} is no name; accepted is ${accepts}`));
        return read;
    };
    return { reader, schema: { type: 'object', minProperties: 1, propertyNames: { pattern: names.source }, additionalProperties: field.schema }, accepts: `names with: ${field.accepts}` };
}
/** A mapping of these keys alone; those that are required have to be there. */
function mapping(keys, required = []) {
    const names = Object.keys(keys);
    const readers = Object.fromEntries(names.map((name) => [name, keys[name].reader]));
    const reader = (value, path, faults) => {
        const read = record(readers)(value, path, faults);
        const given = typeof value === 'object' && value !== null ? value : {};
        if (read !== undefined)
            faults.push(...required.filter((name) => !Object.hasOwn(given, name)).map((name) => `${path === '' ? name : `${path}.${name}`} is missing`));
        return read;
    };
    const properties = Object.fromEntries(names.map((name) => [name, { ...keys[name].schema, description: keys[name].description }]));
    return { reader, keys, schema: { type: 'object', additionalProperties: false, required, properties }, accepts: 'keys with values' };
}

;// CONCATENATED MODULE: ./build/shared/policy/policy.js
/** What may keep a finding from blocking a stage. */
const EXCEPTIONS = ['suppressions', 'vex', 'waivers', 'sign-off'];
/** What is asked of an approver: see the reference of the policy's keys. */
const APPROVALS = ['stated', 'checked', 'proven'];

;// CONCATENATED MODULE: ./build/shared/policy/policy-fields.js




const SUBJECTS = ['if-told', 'required'];
/** A rule of a stage: what blocks. */
const ruleFields = mapping({
    name: field_key('How the summary calls the rule.', anyText),
    severity: field_key('This severity or worse. `unknown` is a class of its own: only a rule that names it is met by it.', word(SEVERITIES)),
    kinds: field_key('Findings of these kinds of scanners.', many(word(KINDS))),
    tools: field_key('Findings of these scanners.', many(anyText)),
    packages: field_key('Packages, by name or purl; `*` stands for any characters.', many(anyText)),
    paths: field_key('Files; `*` stands for any characters but `/`, `**` for any folders.', many(anyText)),
    licences: field_key('Licences by their SPDX names; `*` stands for any characters.', many(anyText)),
    scope: field_key('Dependencies of this scope. A finding that does not tell its scope meets it.', word(['runtime', 'development'])),
    fixable: field_key('`true`: a version without it is known. `false`: none is.', yesOrNo),
    kev: field_key('`true`: in CISA\'s catalogue of known exploited vulnerabilities (input `kev-file`, or as the scanner says).', yesOrNo),
    epss: field_key('Probability of exploitation, this or more (input `epss-file`, or as the scanner says). An advisory without a score meets it.', probability),
    'older-than': field_key('Known for longer than this, by the baseline or the scanner. A finding of unknown age meets it.', span),
    new: field_key('`true`: not in the baseline, or worse than there. Without a baseline everything is new.', yesOrNo),
});
/** Evidence that a stage asks for, with conditions. */
const requirementFields = mapping({
    kind: field_key('Kind of scanner.', word(KINDS)),
    tools: field_key('Each of these must have reported. Any scanner of the kind if left out.', many(anyText)),
    'max-age': field_key('Age of its reports, instead of the stage\'s.', span),
    'accept-incomplete': field_key('`true`: take reports whose scanner left parts out, such as a dependency it does not know.', yesOrNo),
}, ['kind']);
const kindAlone = word(KINDS);
// Evidence is asked for by its kind alone, or with conditions.
const requirement = {
    reader: (value, path, faults) => {
        if (typeof value !== 'string')
            return requirementFields.reader(value, path, faults);
        const kind = kindAlone.reader(value, path, faults);
        return kind === undefined ? undefined : { kind };
    },
    schema: { anyOf: [kindAlone.schema, requirementFields.schema] },
    accepts: `a kind (${kindAlone.accepts}), or the keys below`,
};
/** A stage of a pipeline. */
const stageFields = mapping({
    require: field_key('Evidence without which the stage does not pass.', many(requirement)),
    block: field_key('Rules. A finding that meets every condition of one of them blocks.', many({ ...ruleFields, accepts: 'the keys below' })),
    exceptions: field_key('What may keep a finding from blocking: `suppressions` (the scanner\'s own ignore files and comments), `vex`, `waivers`, `sign-off`. None if left out.', many(word(EXCEPTIONS))),
    'report-only': field_key('`true`: tell the verdict, and let everything pass.', yesOrNo),
    'max-age': field_key('Age of a report. One that does not tell when it was made is too old.', span),
    'max-database-age': field_key('Age of a scanner\'s vulnerability database, where it tells.', span),
    subject: field_key('`required`: a report must say which commit or image it is of, and it must be ours. `if-told`, the default: it must be ours where it says so.', word(SUBJECTS)),
}, ['require', 'block']);
const lifetime = mapping(Object.fromEntries(SEVERITIES.map((severity) => [severity, field_key(`Of a waiver for a finding that is ${severity}.`, span)])));
/** What is asked of waivers. */
const waiverTermFields = mapping({
    lifetime: field_key('Longest time from `created` to `expires`, by severity of the finding.', lifetime),
    approval: field_key('`checked`, the default: the review that brought a waiver is looked up where a token allows, and a waiver without the approver\'s approval does not count. `proven`: nor does one that cannot be looked up. `stated`: the file\'s word is enough.', word(APPROVALS)),
    soon: field_key('How long before it expires a waiver is told of.', span),
});
/** The whole file. */
const policyFields = mapping({
    stages: field_key('The stages by name: pre-commit, build, staging, production, dast-weekly, and your own.', dictionaryOf(stageFields, /^[a-z0-9][a-z0-9-]{0,59}$/, 'small letters, digits and dashes')),
    waivers: field_key('What is asked of waivers and sign-offs.', waiverTermFields),
    'severity-from': field_key('Whose severity counts, best first: a scanner, or whom it quotes (`nvd`, `ghsa`). The worst of all where none of them says one, or if left out.', many(anyText)),
    'max-feed-age': field_key('Age of `kev-file` and `epss-file`.', span),
}, ['stages']);

;// CONCATENATED MODULE: ./build/shared/policy/read-shape.js

/**
 * What a reader makes of a file's YAML.
 * @throws {UserError} that names every mistake by its place. A key without a value is one: a condition that is not there would widen what it stands in.
 */
function readShape(yaml, reader, check = () => undefined) {
    const faults = emptyPlaces(yaml, '').map((place) => `${place === '' ? 'the file' : place} has no value`);
    const value = faults.length > 0 ? undefined : reader(yaml, '', faults);
    if (value !== undefined && faults.length === 0)
        check(value, faults);
    if (faults.length === 0 && value !== undefined)
        return value;
    const shown = faults.map((fault) => fault.replace(/^: /, 'the file: '));
    throw new errors/* UserError */.y(shown.length === 1 ? shown[0] : `${shown.length} mistakes:\n${shown.map((fault) => `- ${fault}`).join('\n')}`);
}
function emptyPlaces(value, place) {
    if (value === null || value === undefined)
        return [place];
    if (Array.isArray(value))
        return value.flatMap((item, index) => emptyPlaces(item, `${place}[${index}]`));
    if (typeof value !== 'object')
        return [];
    return Object.entries(value).flatMap(([key, item]) => emptyPlaces(item, place === '' ? key : `${place}.${key}`));
}

;// CONCATENATED MODULE: ./build/shared/policy/parse-policy.js




const DAY_MS = 86_400_000;
const LIFETIME = { critical: 7 * DAY_MS, high: 30 * DAY_MS, medium: 90 * DAY_MS, low: 180 * DAY_MS, info: 180 * DAY_MS, unknown: 30 * DAY_MS };
const SOON = 14 * DAY_MS;
const MAX_FEED_AGE = 7 * DAY_MS;
/** The policy in a file's YAML. @throws {UserError} that names every mistake by its place, such as `stages.build.block[0].severity`. */
function parsePolicy(yaml) {
    const given = readShape(yaml, policyFields.reader, (read, faults) => {
        faults.push(...Object.entries(read.stages ?? {}).flatMap(([name, stage]) => stageFaults(`stages.${name}`, stage)));
    });
    return {
        stages: Object.fromEntries(Object.entries(given.stages ?? {}).map(([name, stage]) => [name, stageOf(name, stage)])),
        waivers: termsOf(given.waivers ?? {}),
        severityFrom: (given['severity-from'] ?? []).map((name) => name.toLowerCase()),
        maxFeedAge: given['max-feed-age'] ?? MAX_FEED_AGE,
    };
}
/** The stage of that name. @throws {UserError} that names those there are. */
function stageNamed(policy, name) {
    const found = Object.hasOwn(policy.stages, name) ? policy.stages[name] : undefined;
    if (found !== undefined)
        return found;
    const names = Object.keys(policy.stages);
    const near = (0,nearest/* likelyMeant */.S)(name, names);
    throw new errors/* UserError */.y(`The policy has no stage ${name}${near === undefined ? '' : `; the nearest is ${near}`}. It has ${names.join(', ')}.`);
}
// A rule that asks for nothing would be met by everything: somebody has mistyped, or left a condition for later.
function stageFaults(place, { block = [], require = [] }) {
    const bare = block.flatMap((rule, index) => (Object.keys(rule).some((name) => name !== 'name') ? [] : [`${place}.block[${index}] has no condition; severity: info with a second rule for unknown is everything`]));
    const kinds = require.map(({ kind }) => kind);
    const twice = kinds.filter((kind, index) => kinds.indexOf(kind) !== index);
    return [...bare, ...twice.map((kind) => `${place}.require names ${kind} twice: say all about it in one place`)];
}
function stageOf(name, given) {
    return {
        name, require: (given.require ?? []).map(requirementOf), block: (given.block ?? []).map(parse_policy_ruleOf), exceptions: given.exceptions ?? [],
        isReportOnly: given['report-only'] ?? false, maxAge: given['max-age'], maxDatabaseAge: given['max-database-age'], needsSubject: given.subject === 'required',
    };
}
function requirementOf(given) {
    return { kind: given.kind, tools: (given.tools ?? []).map((tool) => tool.toLowerCase()), maxAge: given['max-age'], takesIncomplete: given['accept-incomplete'] ?? false };
}
function parse_policy_ruleOf(given) {
    const { name, 'older-than': olderThan, ...conditions } = given;
    return { ...conditions, ...(olderThan !== undefined && { olderThan }), name: name ?? ruleName(given) };
}
/** What the rule asks for, in words: `high or worse, fixable`. */
function ruleName({ severity, fixable, kev, new: isNew, ...given }) {
    const words = [
        severity === undefined ? '' : severity === 'critical' || severity === 'unknown' ? severity : `${severity} or worse`,
        isNew === undefined ? '' : isNew ? 'new' : 'not new', fixable === undefined ? '' : fixable ? 'fixable' : 'without a fix', kev === undefined ? '' : kev ? 'known exploited' : 'not known exploited',
        ...Object.entries(given).map(([name, value]) => (name === 'kinds' ? [value].flat().join(' or ') : `${name} ${name === 'older-than' ? `${Number(value) / DAY_MS}d` : [value].flat().join(' or ')}`)),
    ];
    return words.filter((part) => part !== '').join(', ');
}
function termsOf(given) {
    return { lifetime: { ...LIFETIME, ...given.lifetime }, approval: given.approval ?? 'checked', soon: given.soon ?? SOON };
}

;// CONCATENATED MODULE: ./build/shared/policy/default-policy.js

const SCANS = ['sast', 'sca', 'container', 'secrets'];
const SECRETS = { name: 'any secret', kinds: 'secrets' };
const STAGING = [{ severity: 'high' }, { severity: 'unknown' }, SECRETS];
/** The policy in force where no file is given, as its YAML would say it; `examples/security/policy.yml` is the same with comments. */
const DEFAULT_POLICY = {
    stages: {
        'pre-commit': { require: 'secrets', block: SECRETS, exceptions: 'suppressions' },
        build: { require: SCANS, block: [{ severity: 'critical' }, SECRETS], exceptions: ['suppressions', 'vex'] },
        staging: { require: SCANS, block: STAGING, exceptions: ['suppressions', 'vex', 'waivers'] },
        production: { require: SCANS, block: [{ severity: 'medium' }, { severity: 'unknown' }, SECRETS], exceptions: ['vex', 'sign-off'] },
        'dast-weekly': { require: { kind: 'dast', 'max-age': '8d' }, block: { severity: 'high' }, exceptions: ['suppressions', 'waivers'] },
        preview: { require: SCANS, block: STAGING, exceptions: ['suppressions', 'vex', 'waivers'], 'report-only': true },
    },
};
/** The built-in policy. */
function defaultPolicy() {
    return parsePolicy(DEFAULT_POLICY);
}

;// CONCATENATED MODULE: ./build/shared/policy/ignores/read-ignores.js

/**
 * What a scanner's own ignore file says: .trivyignore, .trivyignore.yaml, osv-scanner.toml, .grype.yaml, or a suppression file of Dependency-Check.
 * @throws {UserError} when it cannot be read as what its name promises.
 */
async function readIgnores(text, file) {
    return (0,ignore_file/* parsing */.LK)(file, async () => {
        if (file.endsWith('.toml')) {
            const [{ parse }, { parseOsvIgnore }] = await Promise.all([__nccwpck_require__.e(/* import() */ 292).then(__nccwpck_require__.bind(__nccwpck_require__, 3292)), __nccwpck_require__.e(/* import() */ 290).then(__nccwpck_require__.bind(__nccwpck_require__, 4290))]);
            return parseOsvIgnore(parse(text), file);
        }
        if (file.endsWith('.xml'))
            return (await __nccwpck_require__.e(/* import() */ 874).then(__nccwpck_require__.bind(__nccwpck_require__, 2874))).parseDependencyCheckIgnore(text, file);
        const trivy = await __nccwpck_require__.e(/* import() */ 778).then(__nccwpck_require__.bind(__nccwpck_require__, 6778));
        return /\.ya?ml$/.test(file) ? readYaml(text, file) : trivy.parseTrivyIgnore(text, file);
    });
}
async function readYaml(text, file) {
    const { parse } = await __nccwpck_require__.e(/* import() */ 815).then(__nccwpck_require__.t.bind(__nccwpck_require__, 8815, 19));
    const yaml = parse(text);
    if (Array.isArray((0,ignore_file/* looseMapping */.ZO)(yaml)['ignore']))
        return (await __nccwpck_require__.e(/* import() */ 731).then(__nccwpck_require__.bind(__nccwpck_require__, 9731))).parseGrypeIgnore(yaml, file);
    const keys = Object.keys((0,ignore_file/* looseMapping */.ZO)(yaml));
    if (!keys.some((key) => ['vulnerabilities', 'misconfigurations', 'secrets', 'licenses'].includes(key)))
        throw new Error('it is neither a .trivyignore.yaml nor a .grype.yaml');
    return (await __nccwpck_require__.e(/* import() */ 778).then(__nccwpck_require__.bind(__nccwpck_require__, 6778))).parseTrivyIgnoreYaml(yaml, file);
}

;// CONCATENATED MODULE: ./build/shared/policy/vex.js




const EXEMPT_STATES = ['not_affected', 'false_positive', 'resolved', 'resolved_with_pedigree'];
/**
 * What a document of OpenVEX or CycloneDX says does not affect us. A statement counts for the packages that it names; where it speaks
 * of a product with packages in it, that has to be one of ours. Of two about the same, the later counts.
 * @throws {UserError} when it is neither.
 */
async function readVex(text, file, products, now) {
    const document = (0,ignore_file/* looseMapping */.ZO)(await (0,ignore_file/* parsing */.LK)(file, () => JSON.parse(text)));
    const statements = statementsOf(document, products);
    if (statements === undefined)
        throw new errors/* UserError */.y(`${file} is neither OpenVEX nor CycloneDX.`);
    const isLate = ({ at }) => at > now.getTime() + DAY;
    const [followed, odd] = [statements.filter((one) => one.fault === undefined && !isLate(one)), statements.filter((one) => one.fault !== undefined || isLate(one))];
    const latest = followed.filter((one) => one.isExempt && !followed.some((other) => !other.isExempt && !(other.at < one.at) && isAboutSame(one, other)));
    return {
        exemptions: latest.map(({ ids, packages, reason }) => ({ file, ids, packages, reason })),
        notes: odd.map(({ place, fault }) => `${file}, ${place}: not followed, because ${fault ?? 'its time lies in the future'}`),
    };
}
function statementsOf(document, products) {
    const context = [document['@context']].flat().join(' ');
    if (context.includes('openvex'))
        return (0,ignore_file/* looseList */.J2)(document['statements']).map((statement, index) => openVexStatement(statement, `statements[${index}]`, timeOf(document), products));
    if (document['bomFormat'] === 'CycloneDX')
        return cycloneDxStatements(document);
    return undefined;
}
function openVexStatement(statement, place, documentTime, products) {
    const status = (0,ignore_file/* looseText */.o0)(statement['status']) ?? '';
    const why = (0,ignore_file/* looseText */.o0)(statement['justification']) ?? (0,ignore_file/* looseText */.o0)(statement['impact_statement']);
    const packages = [statement['products']].flat().flatMap((product) => packagesOf(product, products));
    const time = timeOf(statement);
    return {
        place, ids: vulnerabilityNames(statement['vulnerability']), packages, isExempt: status === 'not_affected' || status === 'fixed', reason: [status, why].filter(Boolean).join(': '), at: Number.isNaN(time) ? documentTime : time,
        fault: status === 'not_affected' && why === undefined ? 'it says not_affected and gives no justification' : packages.length === 0 ? 'it names no package of ours' : undefined,
    };
}
function vulnerabilityNames(given) {
    if (typeof given === 'string')
        return [given];
    const { name, aliases, '@id': id } = (0,ignore_file/* looseMapping */.ZO)(given);
    return [(0,ignore_file/* looseText */.o0)(name), (0,ignore_file/* looseText */.o0)(id)?.split('/').at(-1), ...(0,ignore_file/* looseTexts */.Py)(aliases)].filter((one) => one !== undefined);
}
// A product without packages in it is the package itself; one with packages in it has to be ours.
function packagesOf(product, products) {
    const names = namesOf(product);
    const within = [(0,ignore_file/* looseMapping */.ZO)(product)['subcomponents']].flat().flatMap(namesOf);
    if (within.length === 0)
        return names;
    return names.some((name) => products.some((ours) => vex_isOurs(name, ours))) ? within : [];
}
function namesOf(component) {
    if (typeof component === 'string')
        return [component];
    const { '@id': id, identifiers } = (0,ignore_file/* looseMapping */.ZO)(component);
    return [(0,ignore_file/* looseText */.o0)(id), (0,ignore_file/* looseText */.o0)((0,ignore_file/* looseMapping */.ZO)(identifiers)['purl'])].filter((one) => one !== undefined);
}
function vex_isOurs(name, ours) {
    return name === ours || (ours.startsWith('pkg:') && (0,exemption/* samePackage */.nT)(ours, name)) || (/^sha256:[0-9a-f]{64}$/.test(ours) && decodeURIComponent(name.replaceAll(/%(?![0-9a-f]{2})/gi, '%25')).includes(ours));
}
function cycloneDxStatements(document) {
    const purls = new Map(componentsOf(document).flatMap((component) => {
        const [ref, purl] = [(0,ignore_file/* looseText */.o0)(component['bom-ref']), (0,ignore_file/* looseText */.o0)(component['purl'])];
        return ref === undefined || purl === undefined ? [] : [[ref, purl]];
    }));
    return (0,ignore_file/* looseList */.J2)(document['vulnerabilities']).map((vulnerability, index) => {
        const analysis = (0,ignore_file/* looseMapping */.ZO)(vulnerability['analysis']);
        const state = (0,ignore_file/* looseText */.o0)(analysis['state']) ?? '';
        const packages = (0,ignore_file/* looseList */.J2)(vulnerability['affects']).flatMap(({ ref }) => purlOf((0,ignore_file/* looseText */.o0)(ref) ?? '', purls));
        const ids = [(0,ignore_file/* looseText */.o0)(vulnerability['id']), ...(0,ignore_file/* looseList */.J2)(vulnerability['references']).map(({ id }) => (0,ignore_file/* looseText */.o0)(id))].filter((id) => id !== undefined);
        const reason = [state, (0,ignore_file/* looseText */.o0)(analysis['justification']), (0,ignore_file/* looseText */.o0)(analysis['detail'])].filter(Boolean).join(': ');
        return { place: `vulnerabilities[${index}]`, ids, packages, isExempt: EXEMPT_STATES.includes(state), reason, at: timeOf((0,ignore_file/* looseMapping */.ZO)(document['metadata'])), fault: packages.length === 0 ? 'it names no package' : undefined };
    });
}
function componentsOf(document) {
    const below = (component) => [component, ...(0,ignore_file/* looseList */.J2)(component['components']).flatMap(below)];
    return (0,ignore_file/* looseList */.J2)(document['components']).flatMap(below);
}
// A reference names a component of the document, is a purl, or leads into another document by a BOM-Link.
function purlOf(ref, purls) {
    const end = ref.startsWith('urn:cdx:') ? decodeURIComponent(ref.split('#')[1] ?? '') : ref;
    const purl = purls.get(end) ?? (end.startsWith('pkg:') ? end : undefined);
    return purl === undefined ? [] : [purl];
}
function isAboutSame(one, other) {
    return one.ids.some((id) => other.ids.includes(id)) && one.packages.some((wanted) => other.packages.some((purl) => (0,exemption/* samePackage */.nT)(wanted, purl) || (0,exemption/* samePackage */.nT)(purl, wanted)));
}
function timeOf({ timestamp, last_updated: updated }) {
    return Date.parse((0,ignore_file/* looseText */.o0)(updated) ?? (0,ignore_file/* looseText */.o0)(timestamp) ?? '');
}

;// CONCATENATED MODULE: ./build/shared/policy/waiver-fields.js




const day = { reader: shape_text(parseDay), schema: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' }, accepts: 'a day such as 2026-12-01' };
const stages = many(anyText);
// "ok" and "n/a" explain nothing to whoever reads them in half a year.
const reason = formed(/^[^]*\S[^]{8,}\S[^]*$/, 'a reason of ten characters at least');
const person = formed(/^@?[A-Za-z0-9][\w.@-]{0,99}$/, 'a GitHub login');
/** Named `sha256:` and 64 digits, as the summary prints it. */
const hash = formed(/^sha256:[0-9a-f]{64}$/, 'the hash that the summary prints, sha256: and 64 digits');
const common = {
    reason: field_key('Why it is bearable until then.', reason),
    'requested-by': field_key('Who asks for it.', person),
    'approved-by': field_key('Who allows it: somebody else.', person),
    created: field_key('From this day on, UTC.', day),
    expires: field_key('Until this day, UTC: on the day itself it no longer counts.', day),
};
const COMMON = ['reason', 'requested-by', 'approved-by', 'created', 'expires'];
/** A waiver: a finding, a package or a path that may stay for a while. */
const waiverFields = mapping({
    finding: field_key('Advisory or rule by any of its names (CVE-2026-1234, GHSA-…, B602), or the key that `explain` prints.', anyText),
    package: field_key('Package, by name, name@version or purl; `*` stands for any characters.', anyText),
    paths: field_key('Files; `*` stands for any characters but `/`, `**` for any folders. Each place of the finding has to fit.', many(anyText)),
    stages: field_key('Stages it counts in, where the policy lets waivers in.', stages),
    severity: field_key('The worst that it bears: it is void when the finding becomes worse.', word(SEVERITIES)),
    'void-when-fixed': field_key('`true`: it is void as soon as a version without the problem is known.', yesOrNo),
    ...common,
}, ['stages', ...COMMON]);
/** A sign-off: exactly these findings, and no other, may stay for a while. */
const signOffFields = mapping({
    stage: field_key('Stage it counts in, where the policy lets sign-offs in.', anyText),
    findings: field_key('Hash of the exact findings, as the summary prints it. Another finding, or one that became worse, voids it.', hash),
    ...common,
}, ['stage', 'findings', ...COMMON]);
/** The whole file. */
const waiverFileFields = mapping({
    waivers: field_key('Findings, packages or paths that may stay for a while.', many(waiverFields)),
    'sign-offs': field_key('Exact sets of findings that may stay for a while.', many(signOffFields)),
});

;// CONCATENATED MODULE: ./build/shared/policy/waiver.js




/** No waiver and no sign-off. */
const NO_WAIVERS = { waivers: [], signOffs: [] };
const UNCHECKED = { state: 'unchecked', reason: 'no token was given to look the review up with' };
/** The waivers and sign-offs in a file's YAML; `now` is what `created` may not lie behind. @throws {UserError} that names every mistake by its place. */
function parseWaivers(yaml, now) {
    const given = readShape(yaml, waiverFileFields.reader, (read, faults) => {
        faults.push(...(read.waivers ?? []).flatMap((waiver, index) => [...entryFaults(`waivers[${index}]`, waiver, now), ...aimFaults(`waivers[${index}]`, waiver)]));
        faults.push(...(read['sign-offs'] ?? []).flatMap((signOff, index) => entryFaults(`sign-offs[${index}]`, signOff, now)));
    });
    return {
        waivers: (given.waivers ?? []).map((waiver, index) => ({
            ...entryOf(`waivers[${index}]`, waiver), finding: waiver.finding, package: waiver.package, paths: waiver.paths ?? [], stages: waiver.stages,
            severity: waiver.severity, isVoidWhenFixed: waiver['void-when-fixed'] ?? false,
        })),
        signOffs: (given['sign-offs'] ?? []).map((signOff, index) => ({ ...entryOf(`sign-offs[${index}]`, signOff), stage: signOff.stage, findings: signOff.findings })),
    };
}
/** Every stage that waivers name has to be one of the policy's. @throws {UserError} on one that is not: its author believes it counts. */
function checkStages({ waivers, signOffs }, stages) {
    const named = [...waivers.flatMap(({ place, stages: of }) => of.map((stage) => ({ place, stage }))), ...signOffs];
    const odd = named.find(({ stage }) => !stages.includes(stage));
    if (odd !== undefined)
        throw new errors/* UserError */.y(`${odd.place}: the policy has no stage ${odd.stage}; it has ${stages.join(', ')}`);
}
function entryOf(place, given) {
    return {
        place, reason: given.reason.trim(), requestedBy: login(given['requested-by']), approvedBy: login(given['approved-by']), created: given.created, expires: given.expires,
        approval: UNCHECKED,
    };
}
function entryFaults(place, given, now) {
    const { created, expires, 'requested-by': requestedBy, 'approved-by': approvedBy } = given;
    return [
        ...(created >= expires ? [`${place}.expires is not after created`] : []),
        // A day ahead is today for whoever lives east of Greenwich.
        ...(created.getTime() > now.getTime() + DAY ? [`${place}.created lies in the future`] : []),
        ...(login(requestedBy) === login(approvedBy) ? [`${place}.approved-by is who requested it: somebody else has to allow it`] : []),
    ];
}
function aimFaults(place, { finding, package: name, paths = [] }) {
    if (finding === undefined && name === undefined && paths.length === 0)
        return [`${place}: what it is for is missing; give finding, package or paths`];
    const wide = [...(name === undefined ? [] : [name]), ...paths].filter((pattern) => !/[^*/.@?]/.test(pattern));
    return wide.map((pattern) => `${place}: ${pattern} fits everything; name what may stay`);
}
function login(given) {
    return given.replace(/^@/, '').toLowerCase();
}

// EXTERNAL MODULE: ./build/shared/runner/yaml-text.js
var yaml_text = __nccwpck_require__(5430);
;// CONCATENATED MODULE: ./build/actions/security-gate/src/rules.js








/** Reads them. @throws {UserError} that names the file and its mistakes: nothing is decided by half of a policy. */
async function readRules(inputs, now) {
    const policyText = inputs.policy === undefined ? undefined : readText('policy', inputs.policy);
    const policy = policyText === undefined ? defaultPolicy() : await rules_parsed('policy', inputs.policy, policyText, parsePolicy);
    const waiverText = inputs.waivers === undefined ? undefined : readText('waivers', inputs.waivers);
    const parse = (yaml) => {
        const waivers = parseWaivers(yaml, now);
        checkStages(waivers, Object.keys(policy.stages));
        return waivers;
    };
    const waivers = waiverText === undefined ? NO_WAIVERS : await rules_parsed('waivers', inputs.waivers, waiverText, parse);
    const ignores = await readAll('ignore-files', inputs.ignoreFiles, readIgnores);
    const vex = await readAll('vex', inputs.vex, (text, path) => readVex(text, path, [...inputs.products, ...inputs.digest.map(plainDigest)], now));
    return {
        policy, stage: stageNamed(policy, inputs.stage), waivers, ignores: ignores.flatMap((one) => one.ignores), exemptions: vex.flatMap(({ exemptions }) => exemptions),
        notes: [...ignores, ...vex].flatMap(({ notes }) => notes), waiverText,
        fingerprints: { policy: policyText === undefined ? 'built-in' : sha256(policyText), ...(waiverText !== undefined && { waivers: sha256(waiverText) }) },
    };
}
/** `sha256:…` of `image@sha256:…`. */
function plainDigest(given) {
    return given.slice(given.lastIndexOf('@') + 1).toLowerCase();
}
async function rules_parsed(input, path, text, parse) {
    try {
        return parse(await (0,yaml_text/* parseYaml */.h)(text));
    }
    catch (error) {
        if (!(error instanceof errors/* UserError */.y))
            throw error;
        throw new errors/* UserError */.y(`${input} ${path}: ${error.message}`);
    }
}
async function readAll(input, patterns, read) {
    const files = patterns.flatMap((pattern) => {
        const found = filesOf(pattern).files;
        if (found.length === 0)
            throw new errors/* UserError */.y(`${input}: there is no file ${pattern}`);
        return found;
    });
    return Promise.all(files.map((path) => read(readText(input, path), path)));
}

;// CONCATENATED MODULE: ./build/actions/security-gate/src/scans.js





/** Runs the scanners that the inputs name, and reads their reports, each with how its scan ended. */
async function scanAll(inputs, job, now) {
    if (inputs.scan.length === 0)
        return [];
    const isByHand = job.run.url === '';
    // Reports have the secrets that were found in them: they are not put where something is uploaded from, and on a terminal not left behind.
    const folder = (0,external_node_fs_.mkdtempSync)((0,external_node_path_.join)(surroundings().temp, 'slipway-scans-'));
    try {
        return await scanInto(folder, inputs, job, now);
    }
    finally {
        if (isByHand)
            (0,external_node_fs_.rmSync)(folder, { recursive: true });
    }
}
async function scanInto(folder, inputs, job, now) {
    const [{ readScans }, { runScanners }, { withScanSigns }] = await Promise.all([Promise.resolve(/* import() */).then(__nccwpck_require__.bind(__nccwpck_require__, 5569)), __nccwpck_require__.e(/* import() */ 622).then(__nccwpck_require__.bind(__nccwpck_require__, 2622)), __nccwpck_require__.e(/* import() */ 457).then(__nccwpck_require__.bind(__nccwpck_require__, 2457))]);
    const results = await runScanners(readScans(inputs.scan), await scanningOf(inputs, job, folder, now));
    const reading = readingOf(inputs, job);
    const read = results.map(async (result) => (await readReports(result.report, { ...reading, format: result.tool })).map((report) => ({ report: { ...withScanSigns(report, result), path: `scan ${result.scan}` }, tool: result.tool })));
    return (await Promise.all(read)).flat();
}
async function scanningOf(inputs, job, folder, now) {
    const [{ PATIENCE, sourceOf }, { LOCK }] = await Promise.all([Promise.resolve(/* import() */).then(__nccwpck_require__.bind(__nccwpck_require__, 6806)), Promise.resolve(/* import() */).then(__nccwpck_require__.bind(__nccwpck_require__, 7747))]);
    const { base, hosts } = sourceOf(inputs.scannerMirror);
    const { temp, proxy } = surroundings();
    const environment = jobEnvironment();
    return {
        log: job.log, signal: job.signal, workspace: process.cwd(), folder, environment, timeout: inputs.scanTimeout, lock: LOCK, redact: job.redact, terms: { minimumAge: inputs.scannerMinimumAge, now },
        installing: {
            downloading: { hosts, proxy, signal: job.signal, ...PATIENCE, onRetry: (why) => job.log.info(`Trying again: ${why}`) }, base, isOffline: inputs.scannerOffline,
            hasToolCache: Boolean(environment['RUNNER_TOOL_CACHE']), temp, platform: `${process.platform}-${process.arch}`,
        },
    };
}

;// CONCATENATED MODULE: ./build/actions/security-gate/src/gather.js







const EARLIEST = Date.UTC(2026, 0, 1);
/** Now. @throws {UserError} when the clock cannot be right: expired waivers would count again. */
function soundClock(now = new Date()) {
    if (now.getTime() < EARLIEST)
        throw new errors/* UserError */.y(`The clock of this machine says ${now.toISOString()}. Set it: waivers and the age of reports go by it.`);
    return now;
}
/** All that the decision is made of. @throws {UserError} on a file that cannot be read. */
async function gatherCase(rules, inputs, repository, job, now) {
    const scanned = await scanAll(inputs, job, now);
    const { reports: given, missing, notes } = await job.log.group('Reading reports', () => readAllReports(inputs.reports, inputs, job));
    const reports = [...scanned, ...given];
    const findings = mergedFindings(reports);
    const before = await readBaseline(inputs, job);
    const { signOff, notes: signOffNotes } = await environmentSignOff(inputs, repository, job);
    return {
        ...rules, reports, missing, findings, baseline: before.baseline, ...await readFeeds(inputs, findings), target: targetOf(inputs, job), now,
        waivers: await approvedWaivers(rules, inputs, repository, job), environmentSignOff: signOff, notes: [...rules.notes, ...notes, ...before.notes, ...signOffNotes],
    };
}
// GitHub runs a pull request on a merge that nobody made; scanners may tell either that or the head.
function targetOf(inputs, { run }) {
    const head = headOf(surroundings().event['pull_request']);
    const commits = inputs.commit === undefined ? [run.commit, head].filter((one) => one !== undefined && one !== '') : [inputs.commit];
    return { commits: commits, digests: inputs.digest.map(plainDigest) };
}
function headOf(pull) {
    const head = typeof pull === 'object' && pull !== null && 'head' in pull ? pull.head : undefined;
    return typeof head === 'object' && head !== null && 'sha' in head && typeof head.sha === 'string' ? head.sha : undefined;
}

;// CONCATENATED MODULE: ./build/actions/security-gate/src/record.js


/** The decision as it is kept: what was decided and why, by which files, and what is known from now on. A later run takes it as its baseline. */
function decisionRecord(decision, { reports, target }, run, fingerprints) {
    const { stage, verdict, isOpen, evidence, judgements, decidedAt } = decision;
    return {
        format: DECISION_FORMAT, decidedAt: decidedAt.toISOString(), stage: stage.name, verdict, open: isOpen, reportOnly: stage.isReportOnly, commit: target.commits[0] ?? run.commit, run: run.url,
        counts: decision.counts, new: decision.newCount, blocking: decision.blocking, beyond: decision.beyond, findingsHash: decision.signOffHash,
        evidence, reports: reports.map(({ report: { path, format, tools, toolVersion, sha256, bytes } }) => ({ path, format, tools, toolVersion, sha256, bytes })), decidedBy: fingerprints,
        findings: judgements.filter(({ outcome }) => outcome !== 'allowed').map(recorded),
        waivers: decision.waiverNotes.map(({ waiver, state, reason }) => ({ place: waiver.place, state, reason })), notes: [...decision.signOffNotes, ...decision.notes],
        known: Object.fromEntries(judgements.flatMap(({ facts: { finding, severity, firstSeen } }) => finding.keys.map((key) => [key, [severity, firstSeen ?? decidedAt.toISOString()]]))),
    };
}
function recorded({ facts, outcome, rule, because, waiver, voids }) {
    const { finding, severity, isNew, firstSeen, isKev, epss, severityFrom } = facts;
    const { key, rule: name, aliases, title, kinds, tools, package: of, fixedIn, locations, url, isDisputed } = finding;
    return {
        key, rule: name, aliases, title, kinds, tools, package: of, fixedIn, locations, url, severity, severityFrom, claims: finding.sources.flatMap(({ tool, claims }) => claims.map((claim) => ({ tool, ...claim }))), isDisputed,
        isNew, firstSeen, isKev, epss, outcome, blockedBy: rule?.name, because,
        waiver: waiver && { place: waiver.place, expires: dayText(waiver.expires), approvedBy: waiver.approvedBy, approval: waiver.approval }, voids: voids.map(({ waiver: one, reason }) => ({ place: one.place, reason })),
    };
}

;// CONCATENATED MODULE: ./build/actions/security-gate/src/sarif.js


// https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit
const MOST_RESULTS = 5_000;
const MOST_BYTES_PACKED = 10_000_000;
const MOST_TAGS = 10;
const sarif_MOST_LOCATIONS = 100;
const sarif_LONGEST_TEXT = 1_000;
const sarif_LEVELS = { critical: 'error', high: 'error', medium: 'warning', low: 'note', info: 'note', unknown: 'warning' };
/** Scores that GitHub shows as the severity; what is unknown has none. */
const SCORES = { critical: '9.5', high: '8.0', medium: '5.5', low: '2.0', info: '0.1', unknown: undefined };
/**
 * All findings as one SARIF run within GitHub's limits, the most important first. Undefined where evidence is missing: what GitHub does
 * not find in an upload it takes for mended.
 */
function mergedSarif(decision, name) {
    if (decision.evidence.some(({ status }) => status !== 'ok'))
        return undefined;
    const beyond = decision.beyond.reduce((sum, { count }) => sum + count, 0);
    for (let most = MOST_RESULTS;; most = Math.floor(most / 2)) {
        const text = JSON.stringify(sarif_document(decision.judgements.slice(0, most), decision, name));
        if ((0,external_node_zlib_.gzipSync)(text).length <= MOST_BYTES_PACKED || most === 0)
            return { text, left: Math.max(0, decision.judgements.length - most) + beyond };
    }
}
function sarif_document(judgements, decision, name) {
    const ids = [...new Set(judgements.map(ruleId))];
    const index = new Map(ids.map((id, position) => [id, position]));
    // The worst stands first, so it is the one that a rule is described by.
    const rules = ids.map((id) => sarif_ruleOf(id, judgements.find((one) => ruleId(one) === id)));
    return {
        $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0',
        runs: [{
                tool: { driver: { name: 'security-gate', informationUri: 'https://github.com/org/actions', rules } },
                automationDetails: { id: `${['security-gate', decision.stage.name, name].filter(Boolean).join('/')}/` },
                invocations: [{ executionSuccessful: true }],
                results: judgements.map((one) => resultOf(one, decision, index.get(ruleId(one)) ?? 0)),
            }],
    };
}
function sarif_ruleOf(id, { facts: { finding, severity } }) {
    const score = SCORES[severity];
    return {
        id, shortDescription: { text: cut(nameOf(finding)) }, fullDescription: { text: cut(finding.message ?? finding.title) }, ...(finding.url !== undefined && { helpUri: finding.url }), defaultConfiguration: { level: sarif_LEVELS[severity] },
        properties: { tags: ['security', ...finding.kinds, ...finding.cwes.map((cwe) => `external/cwe/${cwe.toLowerCase()}`)].slice(0, MOST_TAGS), ...(score !== undefined && { 'security-severity': score }) },
    };
}
function resultOf(judgement, decision, ruleIndex) {
    const { facts: { finding, severity }, outcome, because } = judgement;
    const isSetAside = outcome === 'suppressed' || outcome === 'not affected' || outcome === 'waived' || outcome === 'signed off';
    return {
        ruleId: ruleId(judgement), ruleIndex, level: sarif_LEVELS[severity], message: { text: cut(`${nameOf(finding)}\n${placeOf(finding)}\n${mendingOf(judgement, decision)}\nFound by ${finding.tools.join(', ')}; ${severity}.`) },
        locations: sarif_locationsOf(finding, decision), partialFingerprints: { 'primaryLocationLineHash': finding.key, 'securityGateFinding/v1': finding.key },
        ...(isSetAside && { suppressions: [{ kind: 'external', status: 'accepted', justification: cut(because ?? outcome) }] }), properties: { outcome, tools: finding.tools },
    };
}
// GitHub takes no result without a place; one without a file is put where its report was.
function sarif_locationsOf({ locations, package: of }, { evidence }) {
    const places = locations.length > 0 ? locations : [{ path: of?.name ?? evidence[0]?.path ?? 'unknown', line: undefined, endLine: undefined }];
    return places.slice(0, sarif_MOST_LOCATIONS).map(({ path, line, endLine }) => ({
        physicalLocation: { artifactLocation: { uri: encodeURI(path.replace(/^[a-z][a-z0-9+.-]*:\/*/i, '').replace(/^\/+/, '')) || 'unknown' }, region: { startLine: Math.max(1, line ?? 1), ...(endLine !== undefined && endLine >= (line ?? 1) && { endLine }) } },
    }));
}
function ruleId({ facts: { finding } }) {
    return finding.aliases[0] ?? `${finding.tool}/${finding.rule}`;
}
function cut(text) {
    const shown = text.toWellFormed();
    return shown.length <= sarif_LONGEST_TEXT ? shown : `${shown.slice(0, sarif_LONGEST_TEXT)}…`;
}

;// CONCATENATED MODULE: ./build/actions/security-gate/src/keep.js






/** Writes the decision as JSON and the findings as SARIF. On a terminal only where a folder is named. @throws {UserError} when they cannot be written. */
async function keep(decision, given, fingerprints, inputs, job) {
    if (inputs.outputFolder === undefined && job.run.url === '')
        return { report: undefined, sarif: undefined, notes: [] };
    const folder = inputs.outputFolder ?? (0,external_node_path_.join)(surroundings().temp, 'security-gate', [decision.stage.name, inputs.name].filter(Boolean).join('-'));
    const [report, sarif] = [(0,external_node_path_.join)(folder, 'decision.json'), (0,external_node_path_.join)(folder, 'findings.sarif')];
    const merged = mergedSarif(decision, inputs.name);
    try {
        (0,external_node_fs_.mkdirSync)(folder, { recursive: true });
        (0,external_node_fs_.writeFileSync)(report, job.redact(JSON.stringify(decisionRecord(decision, given, job.run, fingerprints), null, 1)));
        if (merged !== undefined)
            (0,external_node_fs_.writeFileSync)(sarif, job.redact(merged.text));
    }
    catch (error) {
        throw new errors/* UserError */.y(`The decision cannot be written to ${folder}: ${(0,errors/* messageOf */.b)(error)}. Name another output-folder.`);
    }
    if (merged === undefined)
        return { report, sarif: undefined, notes: ['No SARIF was written: evidence is missing, and GitHub would take what is not in it for mended.'] };
    return { report, sarif, notes: merged.left > 0 ? [`The SARIF has the most important findings; ${merged.left} more are over GitHub's limits.`] : [] };
}

;// CONCATENATED MODULE: ./build/actions/security-gate/src/report-text.js



const MOST_SHOWN = 30;
/** The decision as lines of a log or a terminal: what blocks with what to do, what is let through, what is no evidence, and the verdict at the end. A gate that stays closed says its verdict as it fails. */
function reportLines(decision) {
    const blocking = withOutcome(decision, 'blocks');
    return [
        ...blocking.slice(0, MOST_SHOWN).flatMap((one) => findingLines(one, decision)),
        ...(blocking.length > MOST_SHOWN ? [`… and ${count(blocking.length - MOST_SHOWN, 'finding')} more that block`] : []),
        ...decision.beyond.map(({ path, severity, count: of, blocks }) => `${severity.toUpperCase()}  ${of} more in ${path}, too many to keep${blocks ? ': they block' : ''}`),
        ...withOutcome(decision, 'waived').map(({ facts: { finding }, waiver }) => `waived   ${nameOf(finding)}  ${placeOf(finding)}  until ${waiver === undefined ? '' : dayText(waiver.expires)}`),
        ...withOutcome(decision, 'signed off', 'not affected', 'suppressed').slice(0, MOST_SHOWN).map(({ facts: { finding }, outcome, because }) => `${outcome}  ${nameOf(finding)}  ${placeOf(finding)}  ${because ?? ''}`),
        ...decision.waiverNotes.map(({ waiver, state, reason }) => `${waiver.place} ${state}: ${reason}`),
        ...decision.signOffNotes,
        ...(decision.signOffHash === undefined ? [] : [`A sign-off of these findings is for ${decision.signOffHash}`]),
        ...decision.notes,
        ...decision.evidence.map(({ path, tools, status, reason, remarks }) => `${status === 'ok' ? 'ok' : status.toUpperCase()}  ${path}${tools.length === 0 ? '' : ` (${tools.join(', ')})`}${[reason, ...(status === 'ok' ? remarks : [])].filter(Boolean).map((text, index) => `${index === 0 ? '  ' : ', '}${text}`).join('')}`),
        ...(decision.isOpen ? ['', headline(decision)] : []),
    ];
}
function findingLines(judgement, decision) {
    const { facts: { finding, severity, isNew }, voids } = judgement;
    return [
        `${severity.toUpperCase()}  ${nameOf(finding)}${isNew ? '' : ' (in the baseline)'}`,
        `    ${[placeOf(finding), finding.tools.join(', ')].filter(Boolean).join(' · ')}`,
        `    ${mendingOf(judgement, decision)}`,
        ...voids.map(({ waiver, reason }) => `    ${waiver.place} does not hold: ${reason}`),
    ];
}

;// CONCATENATED MODULE: ./build/actions/security-gate/src/security-gate.js












/** Decides by the policy whether the stage may go on, tells why, and fails the step when it may not. */
async function securityGate(inputs, job) {
    // Whatever goes wrong from here on, nothing that reads the outputs takes it for a pass.
    job.output({ verdict: 'inconclusive' });
    const now = soundClock();
    const rules = await readRules(inputs, now);
    const repository = await repositoryWith(inputs, job);
    const given = await gatherCase(rules, inputs, repository, job, now);
    const decided = decide(given);
    const kept = await keep(decided, given, rules.fingerprints, inputs, job);
    const decision = { ...decided, notes: [...decided.notes, ...kept.notes] };
    security_gate_put(decision, kept, job);
    tell(decision, inputs, job);
    await comment(decision, inputs, repository, job);
    if (!decision.isOpen)
        throw new errors/* UserError */.y(headline(decision));
}
function security_gate_put(decision, { report, sarif }, job) {
    const { verdict, blocking, counts, newCount, signOffHash } = decision;
    job.output({ ...counts, verdict, blocking, new: newCount, waived: withOutcome(decision, 'waived').length, 'findings-hash': signOffHash ?? '', report: report ?? '', sarif: sarif ?? '' });
}
function tell(decision, inputs, job) {
    reportLines(decision).forEach((line) => job.log.info(line));
    summarySections(decision, inputs.name).forEach(job.summarise);
    annotationsOf(decision).forEach(job.annotate);
    if (inputs.explain === undefined)
        return;
    const meant = meantBy(inputs.explain, decision);
    if (meant.length === 0)
        job.log.warning(`Nothing was found that ${inputs.explain} is a name of.`);
    meant.flatMap((one) => ['', ...explain(one, decision)]).forEach((line) => job.log.info(line));
}


/***/ }),

/***/ 2520:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ parseDuration),
/* harmony export */   a: () => (/* binding */ formatDuration)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9115);

const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
/**
 * Milliseconds in a duration such as `500ms`, `90s`, `5m`, `1h30m` or `2d`.
 * @throws {UserError} when a unit is missing or unknown, naming the accepted form.
 */
function parseDuration(text) {
    const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
    const isWhole = parts.length > 0 && parts.map(([part]) => part).join('') === text.trim();
    if (!isWhole)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y('a duration carries its unit: 500ms, 90s, 5m, 1h30m or 2d');
    return Math.round(parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * UNIT_MS[unit], 0));
}
/** A number of milliseconds as people say it, to two units at most: `840ms`, `2.4s`, `1m 30s`, `2h 5m`. */
function formatDuration(ms) {
    if (ms < 1_000)
        return `${Math.round(ms)}ms`;
    if (ms < 10_000)
        return `${(ms / 1_000).toFixed(1).replace(/\.0$/, '')}s`;
    const seconds = Math.round(ms / 1_000);
    if (seconds < 60)
        return `${seconds}s`;
    if (seconds < 3_600)
        return twoUnits(Math.floor(seconds / 60), 'm', seconds % 60, 's');
    const minutes = Math.round(seconds / 60);
    if (minutes < 1_440)
        return twoUnits(Math.floor(minutes / 60), 'h', minutes % 60, 'm');
    const hours = Math.round(minutes / 60);
    return twoUnits(Math.floor(hours / 24), 'd', hours % 24, 'h');
}
function twoUnits(large, largeUnit, small, smallUnit) {
    return small === 0 ? `${large}${largeUnit}` : `${large}${largeUnit} ${small}${smallUnit}`;
}


/***/ }),

/***/ 9115:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ messageOf),
/* harmony export */   y: () => (/* binding */ UserError)
/* harmony export */ });
/**
 * A fault the user can mend: shown as its message alone, without a stack.
 * The message says what happened, to what, why, and what to do. Any other error is a bug of ours and keeps its stack.
 */
class UserError extends Error {
    name = 'UserError';
}
/** What any thrown value has to say for itself, as text. */
function messageOf(error) {
    return error instanceof Error ? error.message : String(error);
}


/***/ }),

/***/ 1544:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ likelyMeant),
/* harmony export */   p: () => (/* binding */ nearest)
/* harmony export */ });
/** The candidate that needs the fewest edits to become the word, `_` and `-` counting as one; undefined without candidates. */
function nearest(word, candidates) {
    return ranked(word, candidates)[0]?.candidate;
}
/** The candidate that the word is probably a slip of: at most a third of its letters, and two at least, would have to change. */
function likelyMeant(word, candidates) {
    const [best] = ranked(word, candidates);
    return best !== undefined && best.edits <= Math.max(2, Math.floor(word.length / 3)) ? best.candidate : undefined;
}
function ranked(word, candidates) {
    const wanted = word.replaceAll('_', '-').slice(0, 100);
    return candidates.map((candidate) => ({ candidate, edits: editsBetween(wanted, candidate) })).sort((one, other) => one.edits - other.edits);
}
function editsBetween(one, other) {
    let row = Array.from({ length: other.length + 1 }, (_, column) => column);
    for (const [index, letter] of [...one].entries()) {
        const next = [index + 1];
        for (const [column, candidate] of [...other].entries()) {
            const substituted = row[column] + (letter === candidate ? 0 : 1);
            next.push(Math.min(substituted, row[column + 1] + 1, next[column] + 1));
        }
        row = next;
    }
    return row.at(-1);
}


/***/ }),

/***/ 4636:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   z: () => (/* binding */ Secret)
/* harmony export */ });
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7975);

/** A value that prints as `[redacted]` wherever it is logged, stringified or serialised; only `reveal()` gives it out. */
class Secret {
    #value;
    constructor(value) {
        this.#value = value;
    }
    /** The value itself, for the one place that needs it. */
    reveal() {
        return this.#value;
    }
    toString() {
        return '[redacted]';
    }
    toJSON() {
        return '[redacted]';
    }
    [node_util__WEBPACK_IMPORTED_MODULE_0__.inspect.custom]() {
        return '[redacted]';
    }
}


/***/ }),

/***/ 4153:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ formatSize)
/* harmony export */ });
/* unused harmony export parseSize */

const UNIT_BYTES = {
    B: 1, kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40,
};
/**
 * Bytes in a size such as `512B`, `64KiB`, `1.5GB` or `2GiB`.
 * @throws {UserError} when the unit is missing or unknown, naming the accepted form.
 */
function parseSize(text) {
    const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*([A-Za-z]+)$/.exec(text.trim()) ?? [];
    const bytes = UNIT_BYTES[unit ?? ''];
    if (bytes === undefined)
        throw new UserError('a size carries its unit: 512B, 64KiB, 100MB or 2GiB');
    return Math.round(Number(amount) * bytes);
}
/** A number of bytes as people say it: `0 B`, `4.2 MB`, `1.5 GB`. */
function formatSize(bytes) {
    const units = ['B', 'kB', 'MB', 'GB', 'TB'];
    const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
    const amount = bytes / 1_000 ** power;
    return `${power === 0 || amount >= 100 ? Math.round(amount) : amount.toFixed(1).replace(/\.0$/, '')} ${units[power]}`;
}


/***/ }),

/***/ 6936:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Vi: () => (/* binding */ exemptionOf),
/* harmony export */   XV: () => (/* binding */ suppressionOf),
/* harmony export */   nT: () => (/* binding */ samePackage),
/* harmony export */   pY: () => (/* binding */ fitsOwnFile)
/* harmony export */ });
/* harmony import */ var _naming_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8255);
/* harmony import */ var _pattern_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5361);


/** An entry that fits everything its scanner found, for others to narrow. */
function fitsOwnFile(file, tool) {
    return { file, tool, id: undefined, packages: [], purl: undefined, paths: [], until: undefined, reason: undefined };
}
/** Who set a finding aside: every one of its sources has to be, each by its own scanner's word; undefined when one is left. */
function suppressionOf(finding, ignores, now) {
    const words = finding.sources.map((source) => ownWord(source) ?? ignoredBy(source, ignores, now));
    return words.length > 0 && words.every((word) => word !== undefined) ? [...new Set(words)].join('; ') : undefined;
}
/** Why a finding does not affect us, as a VEX document says; undefined where none does. */
function exemptionOf(finding, exemptions) {
    const purls = [finding, ...finding.sources].flatMap(({ package: one }) => (one?.purl === undefined ? [] : [one.purl]));
    const found = exemptions.find(({ ids, packages }) => (0,_naming_js__WEBPACK_IMPORTED_MODULE_1__/* .isNamed */ .e)(finding, new Set(ids.map((id) => id.toLowerCase()))) && packages.some((wanted) => purls.some((purl) => samePackage(wanted, purl))));
    return found && `${found.reason} (${found.file})`;
}
/** Whether two purls name the same package: a version or a qualifier that only one of them has does not part them; nor is a narrower one met by a wider. */
function samePackage(wanted, purl) {
    const [one, other] = [partsOf(wanted), partsOf(purl)];
    if (one.name !== other.name)
        return false;
    if (one.version !== undefined && one.version !== other.version)
        return false;
    return [...one.qualifiers].every(([name, value]) => other.qualifiers.get(name) === value);
}
function partsOf(purl) {
    const [, head = '', query = ''] = /^([^?#]*)(?:\?([^#]*))?/.exec(purl) ?? [];
    const at = head.lastIndexOf('@');
    const isVersion = at > head.lastIndexOf('/');
    return { name: decoded(isVersion ? head.slice(0, at) : head).toLowerCase(), version: isVersion ? decoded(head.slice(at + 1)) : undefined, qualifiers: new URLSearchParams(query) };
}
function decoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}
function ownWord({ suppressedBy }) {
    return suppressedBy && `${suppressedBy.by}${suppressedBy.reason === undefined ? '' : `: ${suppressedBy.reason}`}`;
}
function ignoredBy(source, ignores, now) {
    if (source.kind === 'secrets' || source.secretHash !== undefined)
        return undefined;
    const found = ignores.find((ignore) => ignore.tool === source.tool && covers(ignore, source) && (ignore.until === undefined || now.getTime() < ignore.until.getTime()));
    return found && `${found.file}${found.reason === undefined ? '' : `: ${found.reason}`}`;
}
function covers({ id, packages, purl: pattern, paths }, source) {
    if (id !== undefined && !(0,_naming_js__WEBPACK_IMPORTED_MODULE_1__/* .namesOf */ .N)(source).includes(id.toLowerCase()))
        return false;
    const names = source.package === undefined ? [] : [source.package.name, ...(source.package.version === undefined ? [] : [`${source.package.name}@${source.package.version}`])];
    const purl = source.package?.purl;
    if (pattern !== undefined && !(purl !== undefined && pattern.test(purl)))
        return false;
    if (packages.length > 0 && !packages.some((wanted) => names.some((name) => (0,_pattern_js__WEBPACK_IMPORTED_MODULE_0__/* .fitsName */ .g)(wanted, name)) || (purl !== undefined && samePackage(wanted, purl))))
        return false;
    return paths.length === 0 || (source.location !== undefined && paths.some((pattern) => (0,_pattern_js__WEBPACK_IMPORTED_MODULE_0__/* .fitsPath */ .i)(pattern, source.location.path)));
}


/***/ }),

/***/ 5128:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   J2: () => (/* binding */ looseList),
/* harmony export */   LK: () => (/* binding */ parsing),
/* harmony export */   Py: () => (/* binding */ looseTexts),
/* harmony export */   ZO: () => (/* binding */ looseMapping),
/* harmony export */   g: () => (/* binding */ untilOf),
/* harmony export */   o0: () => (/* binding */ looseText),
/* harmony export */   se: () => (/* binding */ beyondUs)
/* harmony export */ });
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9115);

/** The value as a mapping, an empty one if it is none. */
function looseMapping(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
/** The mappings of a list; what is no list has none. */
function looseList(value) {
    return Array.isArray(value) ? value.map(looseMapping) : [];
}
/** The texts of a list. */
function looseTexts(value) {
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
/** The value as text that is not empty. */
function looseText(value) {
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
/** The names of conditions in an entry that are not among those we can judge. */
function beyondUs(entry, known) {
    return Object.keys(entry).filter((key) => !known.includes(key));
}
/** When an entry ends: never if nothing is said, undefined when what is said is no time. */
function untilOf(value) {
    if (value === undefined || value === null)
        return { until: undefined };
    const isWritten = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value);
    const until = value instanceof Date ? new Date(value.getTime()) : new Date(isWritten ? value : Number.NaN);
    return Number.isNaN(until.getTime()) ? undefined : { until };
}
/** Runs a parser of a file. @throws {UserError} that names the file, where the parser fails. */
async function parsing(file, parse) {
    try {
        return await parse();
    }
    catch (error) {
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y(`${file} cannot be read: ${(0,_shared_core_errors__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .b)(error).split('\n', 1)[0]}`);
    }
}


/***/ }),

/***/ 8255:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ namesOf),
/* harmony export */   e: () => (/* binding */ isNamed)
/* harmony export */ });
/**
 * Whether the names (small letters) mean a finding: one of its keys, or a name of every source. A source joined by an alias may lack
 * the name, but not where it tells of another CVE: what is said of one vulnerability does not speak for a second.
 */
function isNamed(finding, names) {
    if ([finding.key, ...finding.keys].some((key) => names.has(key.toLowerCase())))
        return true;
    const own = finding.sources.map(namesOf);
    const meant = withTheirCves(names, own);
    return own.some((of) => of.some((name) => meant.has(name))) && own.every((of) => of.some((name) => meant.has(name)) || !of.some(isCve));
}
/** The names of a rule or advisory, in small letters. */
function namesOf({ rule, aliases }) {
    return [rule, ...aliases].map((name) => name.toLowerCase());
}
// An advisory of another database means every CVE that it tells of.
function withTheirCves(names, own) {
    return [...names].some(isCve) ? names : new Set([...names, ...own.filter((of) => of.some((name) => names.has(name))).flat()]);
}
function isCve(name) {
    return name.startsWith('cve-');
}


/***/ }),

/***/ 5361:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ fitsName),
/* harmony export */   i: () => (/* binding */ fitsPath)
/* harmony export */ });
const ANY_FOLDERS = /^\*\*\/?$/;
/** Whether a name fits a pattern in which `*` stands for any characters; letters count alike, small or capital. */
function fitsName(pattern, name) {
    return expression(pattern.toLowerCase().split(/\*+/).map(literally).join('.*')).test(name.toLowerCase());
}
/** Whether a path fits a pattern: `*` stands for any characters but `/`, `**` for any folders, hidden ones too; `docs/` for all below it. */
function fitsPath(pattern, path) {
    const whole = plainPath(pattern.endsWith('/') ? `${pattern}**` : pattern);
    const parts = whole.split(/(\*\*\/?)/).map((part) => (ANY_FOLDERS.test(part) ? anyFolders(part) : part.split(/\*+/).map(literally).join('[^/]*')));
    return expression(parts.join('')).test(plainPath(path));
}
function anyFolders(part) {
    return part.endsWith('/') ? '(?:.*/)?' : '.*';
}
function literally(text) {
    return text.replaceAll(/[\\^$.|?+()[\]{}]/g, String.raw `\$&`);
}
function plainPath(path) {
    return path.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
}
const known = new Map();
function expression(source) {
    const found = known.get(source) ?? new RegExp(`^${source}$`, 's');
    known.set(source, found);
    return found;
}


/***/ }),

/***/ 8781:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ defineAction),
/* harmony export */   x: () => (/* binding */ camelCase)
/* harmony export */ });
/** Declares an action; the returned object carries the types of its inputs and outputs. */
function defineAction(action) {
    return action;
}
/** `ssh-key` -> `sshKey`. */
function camelCase(name) {
    return name.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase());
}


/***/ }),

/***/ 382:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   R3: () => (/* binding */ withinRange),
/* harmony export */   Wl: () => (/* binding */ mistakeOf),
/* harmony export */   fd: () => (/* binding */ normaliseSecret),
/* harmony export */   iP: () => (/* binding */ flagOf),
/* harmony export */   wh: () => (/* binding */ plainText),
/* harmony export */   wo: () => (/* binding */ integerIn),
/* harmony export */   yD: () => (/* binding */ secretText)
/* harmony export */ });
/* unused harmony export choiceOf */
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9115);
/* harmony import */ var _shared_core_secret__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4636);


// Line and paragraph separators are line breaks to some readers; a tab is harmless.
const BREAKS_A_LINE = /[\u0000-\u0008\u000A-\u001F\u007F-\u009F\u2028\u2029]/;
const BREAKS_A_TEXT = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/;
/**
 * Text without its surrounding blanks, line ends as LF.
 * @throws {UserError} on control characters, and on line breaks where one line is wanted.
 */
function plainText(given, accepts, isMultiline = false) {
    const value = given.replace(/\r\n/g, '\n').trim();
    if ((isMultiline ? BREAKS_A_TEXT : BREAKS_A_LINE).test(value))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .y(`accepted is ${accepts}`);
    return value;
}
/**
 * A secret with its line ends as LF and none at its end, whatever the place it was pasted from added.
 * @throws {UserError} on a NUL byte.
 */
function secretText(given) {
    if (given.includes('\0'))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .y('accepted is text without NUL bytes');
    return new _shared_core_secret__WEBPACK_IMPORTED_MODULE_0__/* .Secret */ .z(normaliseSecret(given));
}
/** The form in which a secret is used: LF line ends, none trailing. */
function normaliseSecret(given) {
    return given.replace(/\r\n?/g, '\n').replace(/\n+$/, '');
}
/** The word of the list that was given. @throws {UserError} when it is none of them. */
function choiceOf(words, given, accepts) {
    const word = words.find((candidate) => candidate === given.trim());
    if (word === undefined)
        throw new UserError(`accepted is ${accepts}`);
    return word;
}
/** A whole number within bounds. @throws {UserError} on anything else, `1e3`, `0x10` and `12abc` included. */
function integerIn(min, max, given, accepts) {
    const value = /^-?\d{1,16}$/.test(given.trim()) ? Number(given) : Number.NaN;
    if (!(value >= min && value <= max))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .y(`accepted is ${accepts}`);
    return value;
}
/** A measured value between two others of its kind. @throws {UserError} outside of them or without a unit. */
function withinRange(parse, range, given, accepts) {
    const value = parse(given.trim());
    const isTooSmall = range.min !== undefined && value < parse(range.min);
    const isTooLarge = range.max !== undefined && value > parse(range.max);
    if (isTooSmall || isTooLarge)
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .y(`accepted is ${accepts}`);
    return value;
}
/** YAML 1.2's idea of a boolean (core schema), as GitHub documents it. @throws {UserError} on `yes`, `1`, `on` and the like. */
function flagOf(given) {
    const value = given.trim();
    if (!/^(?:true|True|TRUE|false|False|FALSE)$/.test(value))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .y('accepted is true or false');
    return value.toLowerCase() === 'true';
}
/** A field's `check` out of a parser that throws: the message of its error, or undefined when it has none. */
function mistakeOf(parse) {
    return async (given) => {
        try {
            await parse(given);
            return undefined;
        }
        catch (error) {
            return (0,_shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .b)(error);
        }
    };
}


/***/ }),

/***/ 8502:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ neutralLines)
/* harmony export */ });
// The runner trims white space before it looks for a command, and compares texts in a way that does not see characters without width.
const UNSEEN = String.raw `[\s\u0085\p{Cf}\p{Default_Ignorable_Code_Point}]*`;
const COMMAND = new RegExp(`^${UNSEEN}:${UNSEEN}:`, 'u');
const LEGACY_COMMAND = new RegExp(`#(?=${UNSEEN}#${UNSEEN}\\[)`, 'gu');
const COLOUR = /\u001B\[[0-9;]*m/g;
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g;
/**
 * Text as lines that a log shows and the runner never obeys: `::command::` and `##[command]` are disarmed by a visible character,
 * a lone CR ends a line, colours stay, and other control characters are shown as symbols.
 */
function neutralLines(text) {
    return text.split(/\r\n|\n|\r/).map(neutralLine);
}
function neutralLine(line) {
    const colours = line.match(COLOUR) ?? [];
    const plain = line.split(COLOUR).map((part) => part.replace(CONTROL, symbolOf));
    // Colours between the characters of a command do not disarm it for every reader, so it is looked for without them.
    const bare = plain.join('');
    const disarmed = bare.replace(LEGACY_COMMAND, '# ').replace(COMMAND, (start) => `| ${start}`);
    if (disarmed !== bare)
        return disarmed;
    return plain.map((part, index) => part + (colours[index] ?? '')).join('');
}
function symbolOf(character) {
    const code = character.charCodeAt(0);
    if (code === 0x7F)
        return '\u2421';
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\uFFFD';
}


/***/ }),

/***/ 825:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ readInputs),
/* harmony export */   L: () => (/* binding */ inputVariable)
/* harmony export */ });
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9115);
/* harmony import */ var _shared_core_nearest__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(1544);
/* harmony import */ var _shared_core_secret__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4636);
/* harmony import */ var _action_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8781);




const LONGEST_SHOWN = 80;
/**
 * The inputs of a step: from `INPUT_<NAME>`, else the field's DEPLOY_ variable, else its default; typed, checked and deeply frozen.
 * Secrets are masked before anything else happens.
 * @throws {UserError} that names every mistake at once.
 */
async function readInputs(action, environment, masks) {
    maskSecrets(action.inputs, environment, masks);
    const values = {};
    const mistakes = [];
    for (const [name, field] of Object.entries(action.inputs)) {
        try {
            values[(0,_action_js__WEBPACK_IMPORTED_MODULE_1__/* .camelCase */ .x)(name)] = await readField(name, field, environment);
        }
        catch (error) {
            if (!(error instanceof _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y))
                throw error;
            mistakes.push(error.message);
        }
    }
    mistakes.push(...unknownInputs(action.inputs, environment));
    if (mistakes.length === 0)
        mistakes.push(...(action.check?.(values) ?? []));
    forgetSecrets(action.inputs, environment);
    if (mistakes.length > 0)
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y(asOneMessage(action.name, mistakes));
    return deepFreeze(values);
}
/** The variable in which GitHub hands over an input: only blanks are replaced, hyphens stay. */
function inputVariable(name) {
    return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;
}
async function readField(name, field, environment) {
    const source = [inputVariable(name), field.env].find((variable) => variable !== undefined && (environment[variable] ?? '').trim() !== '');
    const given = source === undefined ? field.default : environment[source];
    const place = source !== undefined && source === field.env ? `${name} (from ${source})` : name;
    if (given === undefined) {
        if (field.required)
            throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y(`${name} is missing${field.env ? `; give it under \`with:\`, or as ${field.env} in \`env:\`` : ''}`);
        return field.absent;
    }
    try {
        return await field.parse(given);
    }
    catch (error) {
        if (!(error instanceof _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y))
            throw error;
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y(`${place}: ${(0,_shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .b)(error)}; given was ${shown(field, given)}`);
    }
}
// A cut secret is one the runner no longer recognises and hides, so what is long or looks like a key shows little or nothing.
function shown(field, given) {
    if (field.kind === 'secret')
        return 'a secret (not shown)';
    if (field.kind === 'structure')
        return `${given.length} characters of YAML (not shown: it may hold secrets)`;
    if (/PRIVATE KEY-----/.test(given))
        return 'what looks like a private key (not shown)';
    if (given.length <= LONGEST_SHOWN)
        return JSON.stringify(given);
    return `${given.length} characters beginning with ${JSON.stringify(given.slice(0, 12))}`;
}
function maskSecrets(fields, environment, masks) {
    for (const variable of secretVariables(fields))
        masks.add(environment[variable] ?? '');
    for (const variable of Object.entries(fields).flatMap(variablesOf))
        passwordsIn(environment[variable] ?? '').forEach((password) => masks.add(password));
}
function forgetSecrets(fields, environment) {
    for (const variable of secretVariables(fields))
        delete environment[variable];
}
function secretVariables(fields) {
    return Object.entries(fields).filter(([, field]) => field.kind === 'secret').flatMap(variablesOf);
}
function variablesOf([name, field]) {
    return [inputVariable(name), ...(field.env === undefined ? [] : [field.env])];
}
// Addresses are no secrets, but one may hold the password of a protected site: https://user:password@staging.example.com
function passwordsIn(given) {
    return [...given.matchAll(/:\/\/[^\s/?#:@]*:([^\s/?#]+)@/g)].flatMap(([, password = '']) => [password, decoded(password)]);
}
function decoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}
// GitHub only warns about an input that an action does not have, and a typo would silently leave the default in force. What is like
// no input of ours may be somebody else's: act hands the inputs of a composite action down to its steps.
function unknownInputs(fields, environment) {
    const known = Object.keys(fields);
    const variables = new Set(known.map(inputVariable));
    return Object.keys(environment).filter((variable) => variable.startsWith('INPUT_') && !variables.has(variable.toUpperCase()))
        .map((variable) => variable.slice('INPUT_'.length).toLowerCase())
        .flatMap((name) => {
        const meant = (0,_shared_core_nearest__WEBPACK_IMPORTED_MODULE_3__/* .likelyMeant */ .S)(name, known);
        return meant === undefined ? [] : [`${name}: there is no such input; the nearest is ${meant}`];
    });
}
function asOneMessage(action, mistakes) {
    if (mistakes.length === 1)
        return `Input of ${action} to mend: ${mistakes[0]}.`;
    return [`${mistakes.length} inputs of ${action} to mend:`, ...mistakes.map((mistake) => `- ${mistake}.`)].join('\n');
}
function deepFreeze(value) {
    if (isContainer(value) && !Object.isFrozen(value)) {
        Object.freeze(value);
        Object.values(value).forEach(deepFreeze);
    }
    return value;
}
function isContainer(value) {
    if (typeof value !== 'object' || value === null || value instanceof _shared_core_secret__WEBPACK_IMPORTED_MODULE_0__/* .Secret */ .z)
        return false;
    const prototype = Object.getPrototypeOf(value);
    return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}


/***/ }),

/***/ 4310:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  C: () => (/* binding */ runAction)
});

// EXTERNAL MODULE: ./build/shared/core/duration.js
var duration = __nccwpck_require__(2520);
// EXTERNAL MODULE: ./build/shared/core/errors.js
var errors = __nccwpck_require__(9115);
;// CONCATENATED MODULE: ./build/shared/core/cancelled.js
/** Why a signal was aborted when somebody cancelled the run: neither a user's fault nor a bug. */
class Cancelled extends Error {
    name = 'Cancelled';
    by;
    constructor(by) {
        super(`The run was cancelled (${by}).`);
        this.by = by;
    }
}

;// CONCATENATED MODULE: ./build/shared/runner/ending.js



// GitHub sends SIGINT, after 7.5 s SIGTERM, and kills 2.5 s after that: we are gone before each next blow.
const AFTER_SIGINT_MS = 7_000;
const AFTER_SIGTERM_MS = 2_000;
const AFTER_OTHERS_MS = 20_000;
// Long enough for open sockets to close by themselves and for the log to be written.
const LINGER_MS = 1_000;
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 };
/** Takes over signals, stray failures and the exit of this process; `conclude` tells the outcome and is called once. */
function createEnding({ log, conclude }) {
    const stopping = new AbortController();
    let isOver = false;
    const finish = (failure) => {
        if (isOver)
            return;
        isOver = true;
        const reason = stopping.signal.reason;
        conclude(failure, reason);
        process.exitCode = exitCode(failure, reason);
        setTimeout(leave, LINGER_MS).unref();
    };
    const exitNow = (code) => {
        finish();
        process.exitCode = code;
        leave();
    };
    const stop = (reason) => {
        if (isOver || stopping.signal.aborted)
            return;
        const grace = graceOf(reason);
        setTimeout(() => {
            finish(new errors/* UserError */.y(`It did not wind down within ${(0,duration/* formatDuration */.a)(grace)}${whileDoing(log.current)}.`));
            leave();
        }, grace).unref();
        stopping.abort(reason);
    };
    const onSignal = (name) => {
        if (isOver || stopping.signal.reason instanceof Cancelled)
            return exitNow(EXIT_CODES[name]);
        log.info(cancelNotice(name, log.current));
        if (stopping.signal.aborted)
            return exitNow(EXIT_CODES[name]);
        stop(new Cancelled(name));
    };
    // A promise nobody waited for has failed: the story may be none the wiser, but the step must not pass.
    const onStray = (error) => {
        if (!isOver)
            return stop(error instanceof Error ? error : new Error(String(error)));
        process.exitCode = 1;
        conclude(error, undefined);
    };
    process.on('SIGINT', onSignal).on('SIGTERM', onSignal).on('unhandledRejection', onStray).on('uncaughtException', onStray);
    process.once('beforeExit', () => finish(stopping.signal.aborted ? undefined : new Error('Nothing was left to wait for, but the work was not finished')));
    return { signal: stopping.signal, stop, finish };
}
function exitCode(failure, reason) {
    if (reason instanceof Cancelled)
        return EXIT_CODES[reason.by];
    return failure === undefined && reason === undefined ? 0 : 1;
}
function graceOf(reason) {
    if (!(reason instanceof Cancelled))
        return AFTER_OTHERS_MS;
    return reason.by === 'SIGINT' ? AFTER_SIGINT_MS : AFTER_SIGTERM_MS;
}
function cancelNotice(name, current) {
    return `Cancelled (${name})${whileDoing(current)}. Winding down; what a server has begun, it goes on with or heals by itself.`;
}
function whileDoing(current) {
    return current.length > 0 ? ` while: ${current.join(' > ')}` : '';
}
// The only place that ends the process: a socket that hangs must not hold the job.
function leave() {
    process.stdout.write('', () => process.exit());
    setTimeout(() => process.exit(), LINGER_MS).unref();
}

;// CONCATENATED MODULE: ./build/shared/runner/failure.js


/**
 * What to tell about a failure, or undefined when there was none. A user's fault is its message; a bug also shows its stack, line by line.
 * `reason` is why the work was told to stop, if it was: what went wrong after that is told beneath it, unless it only repeats it.
 */
function describeFailure(action, failure, reason, showStack) {
    const faults = [reason, isEchoOf(reason, failure) ? undefined : failure].filter((fault) => fault !== undefined);
    if (faults.length === 0)
        return undefined;
    return faults.map((fault) => describe(action, fault, showStack)).join('\n');
}
function describe(action, fault, showStack) {
    if (fault instanceof errors/* UserError */.y || fault instanceof Cancelled)
        return fault.message;
    stacksOf(fault).forEach(showStack);
    return `${(0,errors/* messageOf */.b)(fault)}\nThis is a bug in ${action}, not in your workflow: please report it with the stack from the log.`;
}
// Whatever was under way when the signal was aborted ends with the reason itself or with Node's AbortError.
function isEchoOf(reason, failure) {
    if (reason === undefined)
        return false;
    if (failure === reason)
        return true;
    return failure instanceof Error && (failure.name === 'AbortError' || failure.cause === reason);
}
function stacksOf(fault, depth = 0) {
    if (!(fault instanceof Error))
        return [String(fault)];
    const causes = fault instanceof AggregateError ? fault.errors : fault.cause === undefined ? [] : [fault.cause];
    return [fault.stack ?? fault.message, ...(depth < 5 ? causes.flatMap((cause) => stacksOf(cause, depth + 1)) : [])];
}

// EXTERNAL MODULE: ./build/shared/core/secret.js
var secret = __nccwpck_require__(4636);
// EXTERNAL MODULE: ./build/shared/runner/field-parsers.js
var field_parsers = __nccwpck_require__(382);
;// CONCATENATED MODULE: ./build/shared/runner/masks.js


// Shorter pieces would hide half of every log and protect nothing.
const SHORTEST_PIECE = 4;
// The end of an address that is long enough to be a secret and no word.
const SHORTEST_END = 16;
const HIDDEN = '***';
/** An empty set of masks; `tell` hands each form to the runner, which hides it in what others print. */
function createMasks(tell) {
    const forms = new Set();
    const add = (value) => {
        for (const form of formsOf(value).filter((candidate) => !forms.has(candidate))) {
            forms.add(form);
            tell(form);
        }
        return new secret/* Secret */.z((0,field_parsers/* normaliseSecret */.fd)(value));
    };
    const redact = (text) => [...forms].filter((form) => form.length >= SHORTEST_PIECE && text.includes(form)).sort((one, other) => other.length - one.length)
        .reduce((rest, form) => rest.replaceAll(form, HIDDEN), text);
    return { add, redact };
}
/** Every form of a secret that could turn up in a log: whole, line by line, base64, URL-encoded, JSON and shell quoted. */
function formsOf(value) {
    const whole = (0,field_parsers/* normaliseSecret */.fd)(value);
    if (whole.trim() === '')
        return [];
    const wellFormed = whole.toWellFormed();
    const forms = [
        value, whole, whole.trim(), ...whole.split('\n').map((line) => line.trim()).filter(isTelling),
        ...base64Forms(whole), encodeURIComponent(wellFormed), encodeURIComponent(wellFormed).replaceAll('%20', '+'),
        JSON.stringify(wellFormed).slice(1, -1), whole.replaceAll("'", String.raw `'\''`), ...addressForms(whole),
    ];
    return [...new Set(forms)].filter((form) => form === whole || form.length >= SHORTEST_PIECE);
}
/** What makes an address a secret, also alone: the end of a webhook's, the password in a database's. */
function addressForms(value) {
    const address = URL.parse(value.trim());
    if (address === null || !value.includes('://'))
        return [];
    const end = /^https?:$/.test(address.protocol) ? address.pathname.split('/').at(-1) ?? '' : '';
    return [address.password, decoded(address.password), ...(end.length >= SHORTEST_END ? [end] : [])];
}
function decoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}
function isTelling(line) {
    return line.length >= SHORTEST_PIECE && /[\p{L}\p{N}]/u.test(line) && !/^-+ ?(?:BEGIN|END) [A-Z0-9 ]+-+$/.test(line);
}
/** The stable middle of the base64 of a value, wherever in a longer text it stands: the edge characters depend on its neighbours. */
function base64Forms(value) {
    const bytes = Buffer.from(value);
    const inner = [0, 1, 2].map((shift) => {
        const head = (3 - shift) % 3;
        const whole = bytes.subarray(head, head + Math.floor((bytes.length - head) / 3) * 3);
        return whole.toString('base64');
    });
    return [bytes.toString('base64'), ...inner].flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')])
        .filter((form) => form.length >= 2 * SHORTEST_PIECE);
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
// EXTERNAL MODULE: ./build/shared/runner/summary.js + 1 modules
var summary = __nccwpck_require__(6062);
;// CONCATENATED MODULE: ./build/shared/runner/outputs.js


/** Sets outputs, objects as JSON, with everything secret in them already masked and replaced; undefined sets nothing. */
function setOutputs(values, masks) {
    for (const [name, value] of Object.entries(values)) {
        if (value === undefined)
            continue;
        addOutput(name, masks.redact(typeof value === 'string' ? value : JSON.stringify(value)));
    }
}
// By hand, because @actions/core loads all of node:crypto for its delimiter: a quarter of the time in which Node starts.
function addOutput(name, value) {
    let delimiter = 'END';
    while (value.includes(delimiter))
        delimiter += '_';
    const file = process.env['GITHUB_OUTPUT'];
    if (file)
        (0,external_node_fs_.appendFileSync)(file, `${name}<<${delimiter}\n${value}\n${delimiter}\n`);
}
/** Appends the sections to the job summary; without GitHub's file for it (a run by hand) this does nothing. */
function writeSummary(sections, masks) {
    const file = process.env['GITHUB_STEP_SUMMARY'];
    if (file && sections.length > 0)
        (0,external_node_fs_.appendFileSync)(file, (0,summary/* renderSummary */.B)(sections.map((section) => redactSection(section, masks))));
}
// Before rendering, because escaping would tear a secret apart.
function redactSection(section, masks) {
    return redactDeep(section, masks);
}
function redactDeep(value, masks) {
    if (typeof value === 'string')
        return masks.redact(value);
    if (Array.isArray(value))
        return value.map((item) => redactDeep(item, masks));
    if (typeof value !== 'object' || value === null)
        return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redactDeep(item, masks)]));
}

// EXTERNAL MODULE: ./build/shared/runner/read-inputs.js
var read_inputs = __nccwpck_require__(825);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __nccwpck_require__(8161);
;// CONCATENATED MODULE: ./build/shared/runner/run-identity.js

const LONGEST = 300; // characters; GitHub's own are shorter, and every line of a ledger repeats them
/** The workflow run that this process belongs to; on a person's own machine, one made of the person and the shell it was started from. */
function runIdentity(given = process.env) {
    const environment = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, value?.slice(0, LONGEST)]));
    const { GITHUB_RUN_ID: id, GITHUB_REPOSITORY: repository = '', GITHUB_SERVER_URL: server = 'https://github.com' } = environment;
    const attempt = Number(environment['GITHUB_RUN_ATTEMPT'] ?? 1) || 1;
    return {
        id: id ?? `local-${process.ppid}`,
        attempt,
        url: id && repository ? `${server}/${repository}/actions/runs/${id}/attempts/${attempt}` : '',
        actor: environment['GITHUB_TRIGGERING_ACTOR'] ?? environment['GITHUB_ACTOR'] ?? userName(),
        commit: environment['GITHUB_SHA'] ?? '',
        ref: environment['GITHUB_REF'] ?? '',
        repository,
        workflow: environment['GITHUB_WORKFLOW'] ?? '',
    };
}
// A container may run under a number that has no name.
function userName() {
    try {
        return (0,external_node_os_.userInfo)().username;
    }
    catch {
        return 'unknown';
    }
}

// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 2 modules
var core = __nccwpck_require__(4346);
// EXTERNAL MODULE: ./build/shared/runner/neutral-text.js
var neutral_text = __nccwpck_require__(8502);
;// CONCATENATED MODULE: ./build/shared/runner/job-log.js


/** A log that prints for GitHub: groups fold, warnings become annotations, secrets and commands in texts are disarmed. */
function createJobLog(masks) {
    const current = [];
    // Secrets are replaced before the text is taken apart into lines: one with a line break in it would be torn otherwise.
    const print = (text) => (0,neutral_text/* neutralLines */.F)(masks.redact(text)).forEach((line) => (0,core/* info */.pq)(line));
    return {
        current,
        info: print,
        output: print,
        warning: (message) => (0,core/* warning */.$e)((0,neutral_text/* neutralLines */.F)(masks.redact(message)).join('\n')),
        group: async (title, task) => {
            // GitHub does not nest groups: an inner one would end the outer, so it is only a line.
            const isOutermost = current.length === 0;
            const shown = masks.redact(title).replace(/\s+/g, ' ');
            if (isOutermost)
                (0,core/* startGroup */.Oh)(shown);
            else
                print(`${shown} …`);
            current.push(title);
            try {
                return await task();
            }
            finally {
                current.splice(current.lastIndexOf(title), 1);
                if (isOutermost)
                    (0,core/* endGroup */.N4)();
            }
        },
    };
}

;// CONCATENATED MODULE: ./build/shared/runner/venue.js



const LEVELS = { error: core/* error */.z3, warning: core/* warning */.$e, notice: core/* notice */.lm };
/** A step of a workflow: GitHub's runner reads what is printed. */
const workflowVenue = {
    hide: core/* setSecret */.Pq,
    createLog: createJobLog,
    annotate: ({ level, title, message, path, line, endLine }, { redact }) => {
        const place = path === undefined ? {} : { file: redact(path), ...(line !== undefined && { startLine: line, endLine: endLine ?? line }) };
        LEVELS[level]((0,neutral_text/* neutralLines */.F)(redact(message)).join('\n'), { title: (0,neutral_text/* neutralLines */.F)(redact(title)).join(' '), ...place });
    },
    fail: (message) => (0,core/* setFailed */.C1)((0,neutral_text/* neutralLines */.F)(message).join('\n')),
    environment: (given) => given,
};

;// CONCATENATED MODULE: ./build/shared/runner/run-action.js









/**
 * Runs an action from its first line to its exit code: reads the inputs, tells the story, and decides here alone what a failure is.
 * Never rejects. Cancelling and the `timeout` input abort `job.signal`; outputs and summary are kept whatever happens.
 */
async function runAction(action, story) {
    const words = action.commandLine === undefined ? [] : process.argv.slice(2);
    const venue = words.length === 0 ? workflowVenue : (await __nccwpck_require__.e(/* import() */ 7).then(__nccwpck_require__.bind(__nccwpck_require__, 2007))).terminalVenue(action, words);
    const masks = createMasks(venue.hide);
    const log = venue.createLog(masks);
    const sections = [];
    const ending = createEnding({
        log,
        conclude: (failure, reason) => {
            const message = describeFailure(action.name, failure, reason, (text) => log.output(text));
            if (message !== undefined)
                venue.fail(masks.redact(message));
            writeSummary(sections, masks);
        },
    });
    try {
        const environment = venue.environment(process.env);
        if (environment === undefined)
            return ending.finish();
        const inputs = await (0,read_inputs/* readInputs */.K)(action, environment, masks);
        startTimeout(action, inputs, ending);
        await story(inputs, createJob(masks, { ...venue, log }, sections, ending));
        ending.finish();
    }
    catch (error) {
        ending.finish(error);
    }
}
function createJob(masks, { log, annotate }, sections, ending) {
    return {
        log,
        run: runIdentity(),
        signal: ending.signal,
        output: (values) => setOutputs(values, masks),
        summarise: (section) => void sections.push(section),
        annotate: (annotation) => annotate(annotation, masks),
        mask: masks.add,
        redact: masks.redact,
    };
}
function startTimeout(action, inputs, ending) {
    const { timeout } = inputs;
    if (action.inputs['timeout']?.kind !== 'duration' || typeof timeout !== 'number')
        return;
    const reason = new errors/* UserError */.y(`${action.name} did not finish within ${(0,duration/* formatDuration */.a)(timeout)}, the limit set by its input timeout. The log shows what it was doing; raise timeout if that may take longer.`);
    // Node fires a timer of more than 2^31 ms at once.
    setTimeout(() => ending.stop(reason), Math.min(timeout, 2 ** 31 - 1)).unref();
}


/***/ }),

/***/ 6062:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  B: () => (/* binding */ renderSummary)
});

// UNUSED EXPORTS: SUMMARY_LIMIT

;// CONCATENATED MODULE: ./build/shared/runner/markdown.js
/** Inline text as GitHub markdown, everything special in it escaped, on one line. */
function inline(piece) {
    if (typeof piece === 'string')
        return escapeMarkdown(piece);
    const content = piece.code ? `<code>${escapeMarkdown(piece.text)}</code>` : escapeMarkdown(piece.text);
    return piece.href !== undefined && isLink(piece.href) ? `[${content}](<${linkTarget(piece.href)}>)` : content;
}
/** Text that reads in GitHub markdown as it was written; line breaks become `<br>`. */
function escapeMarkdown(text) {
    return visible(text)
        .replace(/[\\`*_[\]|~$#]/g, String.raw `\$&`)
        .replace(/[&<>@]/g, (character) => ENTITIES[character])
        .replace(/^([ \t]*)(?=[-+=])/gm, '$1\\')
        .replace(/^([ \t]*\d+)(?=[.)](?:\s|$))/gm, '$1\\')
        .replace(/\n/g, '<br>');
}
/** A code block whose fence is longer than any run of backticks inside. */
function codeBlock(text) {
    const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
    const fence = '`'.repeat(longest + 1);
    return `${fence}text\n${visible(text).replace(/\n+$/, '')}\n${fence}`;
}
const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '@': '&#64;' };
function visible(text) {
    return text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, '\uFFFD');
}
function isLink(href) {
    return /^https?:\/\//.test(href);
}
function linkTarget(href) {
    return href.replace(/[\s<>\\]/g, encodeURIComponent);
}

;// CONCATENATED MODULE: ./build/shared/runner/summary.js

/** GitHub drops a summary of more than 1 MiB altogether; the rest is room for what the runner adds. */
const SUMMARY_LIMIT = 1_000_000;
// Tried in turn until everything fits: details go first, then table rows, then the length of texts.
const ALLOWANCES = [
    { detailCharacters: Infinity, rows: Infinity, characters: Infinity },
    ...[200_000, 50_000, 10_000, 2_000, 0].map((detailCharacters) => ({ detailCharacters, rows: Infinity, characters: Infinity })),
    ...[1_000, 100, 20].map((rows) => ({ detailCharacters: 0, rows, characters: Infinity })),
    ...[10_000, 1_000, 100].map((characters) => ({ detailCharacters: 0, rows: 20, characters })),
];
/** The sections as GitHub markdown of at most `limit` bytes; what had to be cut is said where it stood. */
function renderSummary(sections, limit = SUMMARY_LIMIT) {
    for (const allowance of ALLOWANCES) {
        const markdown = sections.map((section) => renderSection(section, allowance)).join('\n');
        if (Buffer.byteLength(markdown) <= limit)
            return markdown;
    }
    return firstThatFit(sections.map((section) => renderSection(section, ALLOWANCES.at(-1))), limit);
}
function firstThatFit(parts, limit) {
    const note = '\n_Further sections were left out: the summary is full._\n';
    let markdown = '';
    for (const part of parts) {
        if (Buffer.byteLength(markdown) + Buffer.byteLength(part) + Buffer.byteLength(note) + 1 > limit)
            break;
        markdown += `${part}\n`;
    }
    return markdown + note;
}
function renderSection(section, allowance) {
    const shorten = (piece) => shortened(piece, allowance.characters);
    const paragraphs = (section.paragraphs ?? []).map((paragraph) => [paragraph].flat().map((piece) => inline(shorten(piece))).join('').trim());
    return [
        `## ${inline(shorten(section.heading)).replaceAll('<br>', ' ').trim()}`,
        ...paragraphs,
        ...(section.table ? [renderTable(section.table, allowance)] : []),
        ...(section.details ?? []).map((detail) => renderDetail(detail, allowance.detailCharacters)),
    ].join('\n\n').concat('\n');
}
function renderTable({ columns, rows }, allowance) {
    const row = (cells) => `| ${cells.map((cell) => inline(shortened(cell, allowance.characters))).join(' | ')} |`;
    const shown = rows.slice(0, allowance.rows);
    const left = rows.length - shown.length;
    return [row(columns), `|${' --- |'.repeat(columns.length)}`, ...shown.map(row), ...(left > 0 ? ['', `_${left} more rows were left out._`] : [])].join('\n');
}
// The end of a log tells more than its beginning.
function renderDetail({ title, text }, characters) {
    const left = Math.max(0, text.length - characters);
    const note = left > 0 ? `_The first ${left} characters were left out._\n\n` : '';
    const kept = left < text.length ? `${codeBlock(text.slice(left))}\n\n` : '';
    return `<details><summary>${escapeMarkdown(title)}</summary>\n\n${note}${kept}</details>`;
}
function shortened(piece, characters) {
    const text = typeof piece === 'string' ? piece : piece.text;
    if (text.length <= characters)
        return piece;
    const cut = `${text.slice(0, characters)}…`;
    return typeof piece === 'string' ? cut : { ...piece, text: cut };
}


/***/ }),

/***/ 5430:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ parseLines),
/* harmony export */   h: () => (/* binding */ parseYaml)
/* harmony export */ });
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9115);
/* harmony import */ var _field_parsers_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(382);


const ITEM = 'a YAML list of plain values, or one value per line, without control characters';
/**
 * The values of a list written as YAML (`- one` or `[one, two]`) or one per line; blank lines are dropped.
 * @throws {UserError} on nested values, control characters or broken YAML.
 */
async function parseLines(given) {
    const items = isYamlList(given) ? await yamlItems(given) : given.split(/\r?\n/);
    return items.map((item) => (0,_field_parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .plainText */ .wh)(item, ITEM)).filter((item) => item !== '');
}
/**
 * What a piece of YAML 1.2 holds.
 * @throws {UserError} with the line and column of the first mistake; the text itself is not repeated.
 */
async function parseYaml(given, schema = 'core') {
    if (given.includes('\0'))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .y('accepted is YAML without NUL bytes');
    // Loaded on demand: most runs give no YAML, and it would be a tenth of their start-up time.
    const { LineCounter, parseDocument } = await __nccwpck_require__.e(/* import() */ 815).then(__nccwpck_require__.t.bind(__nccwpck_require__, 8815, 19));
    const lineCounter = new LineCounter();
    const document = parseDocument(given, { schema, prettyErrors: false, lineCounter });
    const [mistake] = document.errors;
    if (mistake) {
        const { line, col } = lineCounter.linePos(mistake.pos[0]);
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .y(`the YAML has a mistake in line ${line}, column ${col}: ${mistake.message}`);
    }
    try {
        return document.toJS();
    }
    catch (error) {
        // An alias without its anchor, or so many aliases that they would fill the memory.
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .y(`the YAML cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
}
function isYamlList(given) {
    return /^\s*-(?:\s|$)/.test(given) || /^\s*\[[^]*\]\s*$/.test(given);
}
async function yamlItems(given) {
    const list = await parseYaml(given, 'failsafe');
    if (!Array.isArray(list) || !list.every((item) => typeof item === 'string'))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .y(`accepted is ${ITEM}`);
    return list;
}


/***/ }),

/***/ 6806:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.r(__webpack_exports__);
/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   MINIMUM_AGE: () => (/* binding */ MINIMUM_AGE),
/* harmony export */   PATIENCE: () => (/* binding */ PATIENCE),
/* harmony export */   sourceOf: () => (/* binding */ sourceOf)
/* harmony export */ });
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9115);
/* harmony import */ var _lock_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7747);


/** How long a scanner's release must have been out unless told otherwise, ms: hostile ones were all found out sooner. */
const MINIMUM_AGE = 14 * 86_400_000;
/** Where releases come from: GitHub, or a mirror, which then is the only host that is asked. @throws {UserError} when the mirror is no web address. */
function sourceOf(mirror) {
    if (mirror === undefined)
        return { base: _lock_js__WEBPACK_IMPORTED_MODULE_0__.GITHUB, hosts: _lock_js__WEBPACK_IMPORTED_MODULE_0__.RELEASE_HOSTS };
    const url = URL.parse(mirror);
    if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '' || url.hash !== '')
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .y('a mirror is a web address without a login, a query or a fragment, such as https://mirror.example.com/github');
    return { base: mirror, hosts: [url.host] };
}
/** Between tries, and for a server that is silent, ms. */
const PATIENCE = { pauses: [2_000, 10_000], patience: 30_000 };


/***/ }),

/***/ 7096:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   VU: () => (/* binding */ byCode),
/* harmony export */   gz: () => (/* binding */ failed),
/* harmony export */   qz: () => (/* binding */ nothingScanned)
/* harmony export */ });
const LONGEST_LINE = 300;
/** What an exit code stands for by a scanner's own table; any other, and a missing report, is a failure. */
function byCode(outcomes, exit) {
    const { code, reportBytes } = exit;
    const outcome = code === undefined ? undefined : outcomes[code];
    if (outcome === undefined)
        return failed(`It ${code === undefined ? 'was ended by a signal' : `failed with exit code ${code}`}${said(exit)}`);
    if (outcome === 'nothing scanned')
        return { outcome, reason: `It found nothing to scan${said(exit)}` };
    return reportBytes === 0 ? failed(`It ended with exit code ${code} and wrote no report${said(exit)}`) : { outcome, reason: '' };
}
/** A scan that failed, for a reason that is a sentence. */
function failed(reason) {
    return { outcome: 'failed', reason };
}
/** A scan that ran and had nothing before it. */
function nothingScanned(reason) {
    return { outcome: 'nothing scanned', reason };
}
// The line of the log that most likely tells why: the last that speaks of an error, or the last.
function said({ log }) {
    const lines = log.split('\n').map((line) => line.trim()).filter((line) => line !== '');
    const line = lines.findLast((one) => /\b(?:error|fatal|FTL|ERR|failed|cannot|unable|invalid|no such)\b/i.test(one)) ?? lines.at(-1);
    if (line === undefined)
        return '.';
    return `: ${line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line}`;
}


/***/ }),

/***/ 7747:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.r(__webpack_exports__);
/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   GITHUB: () => (/* binding */ GITHUB),
/* harmony export */   LOCK: () => (/* binding */ LOCK),
/* harmony export */   RELEASE_HOSTS: () => (/* binding */ RELEASE_HOSTS)
/* harmony export */ });
/** Where the files of releases are, unless a mirror is named. */
const GITHUB = 'https://github.com';
/** Hosts that GitHub sends downloads of releases on to. */
const RELEASE_HOSTS = ['github.com', 'objects.githubusercontent.com', 'release-assets.githubusercontent.com'];
/**
 * The pinned scanners, the newest version of each first. Every sha256 is the publisher's, as at least two unrelated public
 * projects that had checked the file recorded it; docs/scanners.md tells how an entry is added.
 */
const LOCK = {
    trivy: [{
            version: '0.74.0', released: '2026-08-14',
            artefacts: {
                'linux-x64': { path: '/aquasecurity/trivy/releases/download/v0.74.0/trivy_0.74.0_Linux-64bit.tar.gz', sha256: '2ae6fe3ee734b7fdf11335663e18c75ea12dccc76062f09f164a3b0f8be4371a', member: 'trivy' },
                'linux-arm64': { path: '/aquasecurity/trivy/releases/download/v0.74.0/trivy_0.74.0_Linux-ARM64.tar.gz', sha256: 'b94ce1976bbf3c15b514b605ee88be7c6d94a29be2302847ff01cb794d47aad5', member: 'trivy' },
            },
        }],
    gitleaks: [{
            version: '8.30.1', released: '2026-03-21',
            artefacts: {
                'linux-x64': { path: '/gitleaks/gitleaks/releases/download/v8.30.1/gitleaks_8.30.1_linux_x64.tar.gz', sha256: '551f6fc83ea457d62a0d98237cbad105af8d557003051f41f3e7ca7b3f2470eb', bytes: 8_230_402, member: 'gitleaks' },
                'linux-arm64': { path: '/gitleaks/gitleaks/releases/download/v8.30.1/gitleaks_8.30.1_linux_arm64.tar.gz', sha256: 'e4a487ee7ccd7d3a7f7ec08657610aa3606637dab924210b3aee62570fb4b080', member: 'gitleaks' },
            },
        }],
    'osv-scanner': [{
            version: '2.6.0', released: '2026-09-14',
            artefacts: {
                'linux-x64': { path: '/google/osv-scanner/releases/download/v2.6.0/osv-scanner_linux_amd64', sha256: 'ca69b3d3cd08f889a49dc0a383122f71cc528b83803671df5fd874d97485b108' },
                'linux-arm64': { path: '/google/osv-scanner/releases/download/v2.6.0/osv-scanner_linux_arm64', sha256: '2c71403eb443d05891c4f268c3ad771cf4f16e5443463fd7851ef8f454d3c7e4' },
            },
        }],
    grype: [{
            version: '0.117.0', released: '2026-08-14',
            artefacts: {
                'linux-x64': { path: '/anchore/grype/releases/download/v0.117.0/grype_0.117.0_linux_amd64.tar.gz', sha256: '38525dab1e06f162ebaa02f94d82d1f807076b011a44180cf2777edf1a7b9c26', member: 'grype' },
                'linux-arm64': { path: '/anchore/grype/releases/download/v0.117.0/grype_0.117.0_linux_arm64.tar.gz', sha256: '935f628bdf9331ffdd946931ea5fdb50045d3970ba52670cbeb44a88f127291b', member: 'grype' },
            },
        }],
    trufflehog: [{
            version: '3.97.0', released: '2026-08-18',
            artefacts: {
                'linux-x64': { path: '/trufflesecurity/trufflehog/releases/download/v3.97.0/trufflehog_3.97.0_linux_amd64.tar.gz', sha256: '62224de2f9dd7cd418800feb953760a302ed2f82a7c547fe1146a4874fb179e4', member: 'trufflehog' },
                'linux-arm64': { path: '/trufflesecurity/trufflehog/releases/download/v3.97.0/trufflehog_3.97.0_linux_arm64.tar.gz', sha256: 'f48f57e3d4343377865b1b64653f96d381d61a7792d89d026e85524732039fde', member: 'trufflehog' },
            },
        }],
};


/***/ }),

/***/ 5569:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

// ESM COMPAT FLAG
__nccwpck_require__.r(__webpack_exports__);

// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  SCAN: () => (/* binding */ SCAN),
  readScans: () => (/* binding */ readScans)
});

// EXTERNAL MODULE: ./build/shared/core/errors.js
var errors = __nccwpck_require__(9115);
// EXTERNAL MODULE: ./build/shared/core/nearest.js
var nearest = __nccwpck_require__(1544);
// EXTERNAL MODULE: ./build/shared/scanners/exit.js
var scanners_exit = __nccwpck_require__(7096);
;// CONCATENATED MODULE: ./build/shared/scanners/tools/bandit.js

/** https://bandit.readthedocs.io: faults in Python's sources. */
const bandit = {
    name: 'bandit',
    program: 'bandit',
    modes: { '': { kinds: ['sast'], target: ['.'] } },
    reserved: ['--format', '-f', '--output', '-o', '--recursive', '-r', '--exit-zero', '--msg-template', '--quiet', '-q', '--silent'],
    versionArgs: ['--version'],
    args: ({ words, report }) => ['--recursive', '--format', 'json', '--output', report, ...words],
    passesOn: /^PYTHON/,
    // It is 1 for findings, and for a fault of Python's, which prints a traceback.
    judge: (exit) => (/^Traceback /m.test(exit.log) ? (0,scanners_exit/* failed */.gz)('It broke down with a traceback.') : (0,scanners_exit/* byCode */.VU)({ 0: 'clean', 1: 'findings' }, exit)),
};

;// CONCATENATED MODULE: ./build/shared/scanners/tools/gitleaks.js

/** https://github.com/gitleaks/gitleaks: secrets in files and in git's history. */
const gitleaks = {
    name: 'gitleaks',
    program: 'gitleaks',
    modes: { git: { kinds: ['secrets'], target: ['.'] }, dir: { kinds: ['secrets'], target: ['.'] } },
    reserved: ['--exit-code', '--report-format', '-f', '--report-path', '-r', '--report-template', '--no-color', '--log-level', '-l'],
    versionArgs: ['version'],
    // By default findings and faults are both 1.
    args: ({ mode, words, report }) => [mode, '--no-banner', '--no-color', '--exit-code', '2', '--report-format', 'json', '--report-path', report, ...words],
    passesOn: /^GITLEAKS_/,
    judge,
};
// A fault of git's, such as a wrong range or a folder of another user, ends with "no leaks found" and exit code 0:
// https://github.com/gitleaks/gitleaks/issues/1464, https://github.com/gitleaks/gitleaks/issues/2129
function judge(exit) {
    const ended = (0,scanners_exit/* byCode */.VU)({ 0: 'clean', 2: 'findings' }, exit);
    if (ended.outcome === 'failed')
        return ended;
    const fault = /^.*\b(?:ERR|FTL)\b(.*)$/m.exec(exit.log);
    if (fault !== null)
        return (0,scanners_exit/* failed */.gz)(`It met a fault and went on: ${fault[1]?.trim()}`);
    const scanned = /scanned ~(\d+) bytes/.exec(exit.log);
    if (scanned === null)
        return (0,scanners_exit/* failed */.gz)('It did not tell how much it scanned.');
    if (Number(scanned[1]) > 0)
        return ended;
    return (0,scanners_exit/* nothingScanned */.qz)('It scanned 0 bytes. Is there anything in the folder, and does the checkout have its history (fetch-depth: 0)?');
}

;// CONCATENATED MODULE: ./build/shared/scanners/tools/grype.js

/** https://github.com/anchore/grype: packages with known vulnerabilities in images, folders and SBOMs. */
const grype = {
    name: 'grype',
    program: 'grype',
    modes: { '': { kinds: ['sca', 'container'], target: ['dir:.'] } },
    reserved: ['--output', '-o', '--file', '--fail-on', '-f', '--template', '-t', '--quiet', '-q'],
    versionArgs: ['version'],
    args: ({ words, report }) => ['--output', 'json', '--file', report, ...words],
    environment: (isOffline) => ({ GRYPE_CHECK_FOR_APP_UPDATE: 'false', ...(isOffline ? { GRYPE_DB_AUTO_UPDATE: 'false' } : {}) }),
    passesOn: /^GRYPE_|^SYFT_|^DOCKER_/,
    judge: (exit) => (0,scanners_exit/* byCode */.VU)({ 0: 'done' }, exit),
};

;// CONCATENATED MODULE: ./build/shared/scanners/tools/npm-audit.js

/** https://docs.npmjs.com/cli/commands/npm-audit: npm packages of the lock file with known vulnerabilities. */
const npmAudit = {
    name: 'npm-audit',
    program: 'npm',
    modes: { '': { kinds: ['sca'], target: [] } },
    reserved: ['--json', '--audit-level', '--dry-run', '--force'],
    mistake: (words) => (/^[^-]/.test(words[0] ?? '-') ? `"npm audit ${words[0]}" is not a scan` : undefined),
    versionArgs: ['--version'],
    args: ({ words }) => ['audit', '--json', ...words],
    reportsTo: 'stdout',
    environment: () => ({ npm_config_update_notifier: 'false' }),
    // A private registry's token, which .npmrc takes from the environment.
    passesOn: /^npm_config_|^NPM_|^NODE_AUTH_TOKEN$|^NODE_EXTRA_CA_CERTS$/i,
    // It is 1 for findings and for faults, and its report says which: a fault is a document of its own.
    judge: (exit) => (0,scanners_exit/* byCode */.VU)({ 0: 'clean', 1: 'done' }, exit),
};

;// CONCATENATED MODULE: ./build/shared/scanners/tools/osv-scanner.js

/** https://google.github.io/osv-scanner/: packages of lock files with known vulnerabilities. Exit codes: https://google.github.io/osv-scanner/output/#return-codes */
const osvScanner = {
    name: 'osv-scanner',
    program: 'osv-scanner',
    modes: { source: { kinds: ['sca'], target: ['--recursive', '.'] }, image: { kinds: ['container'], target: undefined } },
    reserved: ['--format', '-f', '--output', '--output-file', '--serve', '--allow-no-lockfiles'],
    versionArgs: ['--version'],
    args: ({ mode, words, report, isOffline }) => ['scan', mode, '--format', 'json', '--output-file', report, '--all-packages', ...(isOffline ? ['--offline'] : []), ...words],
    passesOn: /^OSV_SCANNER_/,
    judge: (exit) => (0,scanners_exit/* byCode */.VU)({ 0: 'clean', 1: 'findings', 128: 'nothing scanned' }, exit),
};

;// CONCATENATED MODULE: ./build/shared/scanners/tools/pip-audit.js

/** https://github.com/pypa/pip-audit: Python packages with known vulnerabilities. */
const pipAudit = {
    name: 'pip-audit',
    program: 'pip-audit',
    // Without a target it would audit the packages it is itself installed with.
    modes: { '': { kinds: ['sca'], target: ['--requirement', 'requirements.txt'] } },
    reserved: ['--format', '-f', '--output', '-o', '--fix', '--dry-run', '-d'],
    versionArgs: ['--version'],
    args: ({ words, report }) => ['--format', 'json', '--output', report, '--progress-spinner', 'off', ...words],
    passesOn: /^PIP_|^PYTHON/,
    // It is 1 for findings and for faults, and writes the report only when it got to the end.
    judge: (exit) => (0,scanners_exit/* byCode */.VU)({ 0: 'clean', 1: 'findings' }, exit),
};

;// CONCATENATED MODULE: ./build/shared/scanners/tools/semgrep.js

/** https://semgrep.dev: faults in sources, by rules that the scan names. */
const semgrep = {
    name: 'semgrep',
    program: 'semgrep',
    modes: { scan: { kinds: ['sast'], target: undefined } },
    reserved: ['--json', '--json-output', '--sarif', '--sarif-output', '--text', '--emacs', '--vim', '--gitlab-sast', '--gitlab-secrets', '--junit-xml', '--output', '-o', '--error', '--metrics', '--autofix', '-a'],
    // Without rules it asks its maker's server which to take, and tells that server about the project.
    mistake: (words) => (words.some((word) => /^(?:--config(?:=|$)|-c|-f)/.test(word)) ? undefined : 'it needs its rules and what to scan: semgrep --config rules.yml .'),
    versionArgs: ['--version'],
    args: ({ words, report }) => ['scan', '--json', '--output', report, '--metrics', 'off', '--disable-version-check', ...words],
    passesOn: /^SEMGREP_|^PYTHON/,
    judge: (exit) => (0,scanners_exit/* byCode */.VU)({ 0: 'done' }, exit),
};

;// CONCATENATED MODULE: ./build/shared/scanners/tools/trivy.js

const FOUND = 9;
/** https://trivy.dev: packages with known vulnerabilities in folders and images, and misconfigurations. */
const trivy = {
    name: 'trivy',
    program: 'trivy',
    modes: {
        fs: { kinds: ['sca'], target: ['.'] }, image: { kinds: ['container'], target: undefined }, config: { kinds: ['iac'], target: ['.'] },
        rootfs: { kinds: ['container'], target: undefined }, sbom: { kinds: ['sca'], target: undefined },
    },
    reserved: ['--exit-code', '--format', '-f', '--output', '-o', '--template', '-t', '--compliance', '--report', '--quiet', '-q', '--download-db-only', '--generate-default-config'],
    versionArgs: ['--version'],
    // By default findings are 0, and with --exit-code 1 they are what any fault is.
    args: ({ mode, words, report }) => [mode, '--format', 'json', '--output', report, '--exit-code', String(FOUND), ...(mode === 'config' ? [] : packagesOnly(words)), ...words],
    environment: (isOffline) => ({
        TRIVY_DISABLE_TELEMETRY: 'true', TRIVY_SKIP_VERSION_CHECK: 'true', TRIVY_NO_PROGRESS: 'true',
        ...(isOffline ? { TRIVY_SKIP_DB_UPDATE: 'true', TRIVY_SKIP_JAVA_DB_UPDATE: 'true', TRIVY_SKIP_CHECK_UPDATE: 'true', TRIVY_OFFLINE_SCAN: 'true' } : {}),
    }),
    passesOn: /^TRIVY_|^DOCKER_/,
    judge: (exit) => (0,scanners_exit/* byCode */.VU)({ 0: 'clean', [FOUND]: 'findings' }, exit),
};
// The packages it looked at are its proof of work; what its own files set aside is shown, not left out.
function packagesOnly(words) {
    return ['--list-all-pkgs', '--show-suppressed', ...(words.some((word) => /^--scanners(?:=|$)/.test(word)) ? [] : ['--scanners', 'vuln'])];
}

;// CONCATENATED MODULE: ./build/shared/scanners/tools/trufflehog.js

/** https://github.com/trufflesecurity/trufflehog: secrets, which it tries out with who issued them unless offline. */
const trufflehog = {
    name: 'trufflehog',
    program: 'trufflehog',
    modes: { git: { kinds: ['secrets'], target: ['file://.'] }, filesystem: { kinds: ['secrets'], target: ['.'] } },
    reserved: ['--json', '-j', '--json-legacy', '--github-actions', '--fail', '--fail-on-scan-errors', '--log-level', '--print-avg-detector-time'],
    versionArgs: ['--version'],
    args: ({ mode, words, isOffline }) => [mode, '--json', '--no-update', '--fail', '--fail-on-scan-errors', ...(isOffline ? ['--no-verification'] : []), ...words],
    reportsTo: 'stdout',
    passesOn: /^TRUFFLEHOG_/,
    judge: trufflehog_judge,
    isSilentWhenClean: true,
};
// A range that is wrong ends with exit code 0: https://github.com/trufflesecurity/trufflehog/issues/4218
function trufflehog_judge(exit) {
    const ended = (0,scanners_exit/* byCode */.VU)({ 0: 'clean', 183: 'findings' }, { ...exit, reportBytes: Math.max(exit.reportBytes, exit.code === 0 ? 1 : 0) });
    if (ended.outcome === 'failed')
        return ended;
    if (/encountered errors during scan/.test(exit.log))
        return (0,scanners_exit/* failed */.gz)('It met errors and went on: "encountered errors during scan".');
    const chunks = /"chunks":\s*(\d+)/.exec(exit.log);
    if (chunks === null)
        return (0,scanners_exit/* failed */.gz)('It did not tell how much it scanned.');
    return Number(chunks[1]) > 0 ? ended : (0,scanners_exit/* nothingScanned */.qz)('It scanned 0 chunks. Is the range right, and does the checkout have its history (fetch-depth: 0)?');
}

;// CONCATENATED MODULE: ./build/shared/scanners/tools/all.js









/** Every scanner that can be run. */
const SCANNERS = [trivy, gitleaks, osvScanner, grype, trufflehog, bandit, semgrep, pipAudit, npmAudit];

;// CONCATENATED MODULE: ./build/shared/scanners/scan.js



/** How a scan is written. */
const SCAN = 'a scanner with what it is to scan, such as "trivy fs", "gitleaks" or "semgrep --config rules.yml src"';
/**
 * The scans of a list, whose items may hold several, separated by commas: `trivy fs, gitleaks dir src`.
 * @throws {UserError} naming each scan that is none, and why.
 */
function readScans(items) {
    const texts = items.flatMap((item) => item.split(/,\s+/)).map((text) => text.trim()).filter((text) => text !== '');
    const read = texts.map(attempt);
    const mistakes = read.filter((one) => typeof one === 'string');
    if (mistakes.length > 0)
        throw new errors/* UserError */.y(mistakes.join('; '));
    return read.filter((one) => typeof one !== 'string');
}
function attempt(text) {
    try {
        return readScan(text);
    }
    catch (error) {
        if (error instanceof errors/* UserError */.y)
            return `"${text}": ${error.message}`;
        throw error;
    }
}
function readScan(text) {
    const [first = '', ...rest] = wordsOf(text);
    const [name, version] = splitOnce(first);
    const isNpm = name === 'npm' && rest[0] === 'audit';
    const scanner = SCANNERS.find((one) => one.name === (isNpm ? 'npm-audit' : name));
    if (scanner === undefined)
        throw new errors/* UserError */.y(`there is no scanner ${name}${meant(name)}; accepted is ${SCAN}. There are: ${SCANNERS.map((one) => one.name).join(', ')}`);
    if (version !== undefined && !/^\d+\.\d+\.\d+$/.test(version))
        throw new errors/* UserError */.y(`a version is three numbers, such as ${scanner.name}@1.2.3, and never "latest"`);
    return { text, scanner, version, ...modeAndWords(scanner, isNpm ? rest.slice(1) : rest) };
}
function modeAndWords(scanner, rest) {
    const names = Object.keys(scanner.modes);
    const isNamed = rest[0] !== undefined && names.includes(rest[0]);
    const mode = isNamed ? rest[0] : names[0];
    const given = isNamed ? rest.slice(1) : rest;
    if (!isNamed && names.length > 1 && rest[0] !== undefined && !rest[0].startsWith('-'))
        throw new errors/* UserError */.y(`${scanner.name} scans ${names.join(', ')}, and not "${rest[0]}"`);
    const taken = given.find((word) => isReserved(word, scanner.reserved));
    if (taken !== undefined)
        throw new errors/* UserError */.y(`${taken} decides over the report or the exit code, which are set here; leave it out`);
    const target = scanner.modes[mode]?.target;
    const words = given.length > 0 ? given : target ?? [];
    const mistake = scanner.mistake?.(words) ?? (words.length === 0 && target === undefined ? `say what to scan: "${scanner.name} ${mode} ..."` : undefined);
    if (mistake !== undefined)
        throw new errors/* UserError */.y(mistake);
    return { mode, words };
}
// Some programs take `-fjson` for `-f json`, and the beginning of a long option for all of it.
function isReserved(word, reserved) {
    if (!word.startsWith('-'))
        return false;
    const [option = ''] = word.split('=');
    if (!option.startsWith('--'))
        return reserved.some((one) => !one.startsWith('--') && option.startsWith(one));
    return option.length > 3 && reserved.some((one) => one === option || (one.startsWith(option) && one.startsWith('--')));
}
function wordsOf(text) {
    const words = /(?:[^\s"']+|"[^"]*"|'[^']*')+/g;
    if (text.replace(words, '').trim() !== '')
        throw new errors/* UserError */.y('a quotation mark has no partner');
    return (text.match(words) ?? []).map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'));
}
function splitOnce(word) {
    const at = word.indexOf('@');
    return at === -1 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}
function meant(name) {
    const candidate = (0,nearest/* likelyMeant */.S)(name, SCANNERS.map((one) => one.name));
    return candidate === undefined ? '' : `; did you mean ${candidate}?`;
}


/***/ }),

/***/ 4346:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Yz: () => (/* binding */ debug),
  N4: () => (/* binding */ endGroup),
  z3: () => (/* binding */ error),
  pq: () => (/* binding */ info),
  lm: () => (/* binding */ notice),
  C1: () => (/* binding */ setFailed),
  Pq: () => (/* binding */ setSecret),
  Oh: () => (/* binding */ startGroup),
  $e: () => (/* binding */ warning)
});

// UNUSED EXPORTS: ExitCode, addPath, exportVariable, getBooleanInput, getIDToken, getInput, getMultilineInput, getState, group, isDebug, markdownSummary, platform, saveState, setCommandEcho, setOutput, summary, toPlatformPath, toPosixPath, toWin32Path

// EXTERNAL MODULE: external "os"
var external_os_ = __nccwpck_require__(857);
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/utils.js
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */
/**
 * Sanitizes an input into a string so it can be passed into issueCommand safely
 * @param input input to sanitize into a string
 */
function utils_toCommandValue(input) {
    if (input === null || input === undefined) {
        return '';
    }
    else if (typeof input === 'string' || input instanceof String) {
        return input;
    }
    return JSON.stringify(input);
}
/**
 *
 * @param annotationProperties
 * @returns The command properties to send with the actual annotation command
 * See IssueCommandProperties: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs#L646
 */
function toCommandProperties(annotationProperties) {
    if (!Object.keys(annotationProperties).length) {
        return {};
    }
    return {
        title: annotationProperties.title,
        file: annotationProperties.file,
        line: annotationProperties.startLine,
        endLine: annotationProperties.endLine,
        col: annotationProperties.startColumn,
        endColumn: annotationProperties.endColumn
    };
}
//# sourceMappingURL=utils.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/command.js


/**
 * Issues a command to the GitHub Actions runner
 *
 * @param command - The command name to issue
 * @param properties - Additional properties for the command (key-value pairs)
 * @param message - The message to include with the command
 * @remarks
 * This function outputs a specially formatted string to stdout that the Actions
 * runner interprets as a command. These commands can control workflow behavior,
 * set outputs, create annotations, mask values, and more.
 *
 * Command Format:
 *   ::name key=value,key=value::message
 *
 * @example
 * ```typescript
 * // Issue a warning annotation
 * issueCommand('warning', {}, 'This is a warning message');
 * // Output: ::warning::This is a warning message
 *
 * // Set an environment variable
 * issueCommand('set-env', { name: 'MY_VAR' }, 'some value');
 * // Output: ::set-env name=MY_VAR::some value
 *
 * // Add a secret mask
 * issueCommand('add-mask', {}, 'secretValue123');
 * // Output: ::add-mask::secretValue123
 * ```
 *
 * @internal
 * This is an internal utility function that powers the public API functions
 * such as setSecret, warning, error, and exportVariable.
 */
function command_issueCommand(command, properties, message) {
    const cmd = new Command(command, properties, message);
    process.stdout.write(cmd.toString() + external_os_.EOL);
}
function command_issue(name, message = '') {
    command_issueCommand(name, {}, message);
}
const CMD_STRING = '::';
class Command {
    constructor(command, properties, message) {
        if (!command) {
            command = 'missing.command';
        }
        this.command = command;
        this.properties = properties;
        this.message = message;
    }
    toString() {
        let cmdStr = CMD_STRING + this.command;
        if (this.properties && Object.keys(this.properties).length > 0) {
            cmdStr += ' ';
            let first = true;
            for (const key in this.properties) {
                if (this.properties.hasOwnProperty(key)) {
                    const val = this.properties[key];
                    if (val) {
                        if (first) {
                            first = false;
                        }
                        else {
                            cmdStr += ',';
                        }
                        cmdStr += `${key}=${escapeProperty(val)}`;
                    }
                }
            }
        }
        cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
        return cmdStr;
    }
}
function escapeData(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A');
}
function escapeProperty(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A')
        .replace(/:/g, '%3A')
        .replace(/,/g, '%2C');
}
//# sourceMappingURL=command.js.map
// EXTERNAL MODULE: external "path"
var external_path_ = __nccwpck_require__(6928);
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/core.js
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};






/**
 * The code to exit an action
 */
var ExitCode;
(function (ExitCode) {
    /**
     * A code indicating that the action was successful
     */
    ExitCode[ExitCode["Success"] = 0] = "Success";
    /**
     * A code indicating that the action was a failure
     */
    ExitCode[ExitCode["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
//-----------------------------------------------------------------------
// Variables
//-----------------------------------------------------------------------
/**
 * Sets env variable for this action and future actions in the job
 * @param name the name of the variable to set
 * @param val the value of the variable. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function exportVariable(name, val) {
    const convertedVal = toCommandValue(val);
    process.env[name] = convertedVal;
    const filePath = process.env['GITHUB_ENV'] || '';
    if (filePath) {
        return issueFileCommand('ENV', prepareKeyValueMessage(name, val));
    }
    issueCommand('set-env', { name }, convertedVal);
}
/**
 * Registers a secret which will get masked from logs
 *
 * @param secret - Value of the secret to be masked
 * @remarks
 * This function instructs the Actions runner to mask the specified value in any
 * logs produced during the workflow run. Once registered, the secret value will
 * be replaced with asterisks (***) whenever it appears in console output, logs,
 * or error messages.
 *
 * This is useful for protecting sensitive information such as:
 * - API keys
 * - Access tokens
 * - Authentication credentials
 * - URL parameters containing signatures (SAS tokens)
 *
 * Note that masking only affects future logs; any previous appearances of the
 * secret in logs before calling this function will remain unmasked.
 *
 * @example
 * ```typescript
 * // Register an API token as a secret
 * const apiToken = "abc123xyz456";
 * setSecret(apiToken);
 *
 * // Now any logs containing this value will show *** instead
 * console.log(`Using token: ${apiToken}`); // Outputs: "Using token: ***"
 * ```
 */
function setSecret(secret) {
    command_issueCommand('add-mask', {}, secret);
}
/**
 * Prepends inputPath to the PATH (for this action and future actions)
 * @param inputPath
 */
function addPath(inputPath) {
    const filePath = process.env['GITHUB_PATH'] || '';
    if (filePath) {
        issueFileCommand('PATH', inputPath);
    }
    else {
        issueCommand('add-path', {}, inputPath);
    }
    process.env['PATH'] = `${inputPath}${path.delimiter}${process.env['PATH']}`;
}
/**
 * Gets the value of an input.
 * Unless trimWhitespace is set to false in InputOptions, the value is also trimmed.
 * Returns an empty string if the value is not defined.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string
 */
function getInput(name, options) {
    const val = process.env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] || '';
    if (options && options.required && !val) {
        throw new Error(`Input required and not supplied: ${name}`);
    }
    if (options && options.trimWhitespace === false) {
        return val;
    }
    return val.trim();
}
/**
 * Gets the values of an multiline input.  Each value is also trimmed.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string[]
 *
 */
function getMultilineInput(name, options) {
    const inputs = getInput(name, options)
        .split('\n')
        .filter(x => x !== '');
    if (options && options.trimWhitespace === false) {
        return inputs;
    }
    return inputs.map(input => input.trim());
}
/**
 * Gets the input value of the boolean type in the YAML 1.2 "core schema" specification.
 * Support boolean input list: `true | True | TRUE | false | False | FALSE` .
 * The return value is also in boolean type.
 * ref: https://yaml.org/spec/1.2/spec.html#id2804923
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   boolean
 */
function getBooleanInput(name, options) {
    const trueValue = ['true', 'True', 'TRUE'];
    const falseValue = ['false', 'False', 'FALSE'];
    const val = getInput(name, options);
    if (trueValue.includes(val))
        return true;
    if (falseValue.includes(val))
        return false;
    throw new TypeError(`Input does not meet YAML 1.2 "Core Schema" specification: ${name}\n` +
        `Support boolean input list: \`true | True | TRUE | false | False | FALSE\``);
}
/**
 * Sets the value of an output.
 *
 * @param     name     name of the output to set
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function setOutput(name, value) {
    const filePath = process.env['GITHUB_OUTPUT'] || '';
    if (filePath) {
        return issueFileCommand('OUTPUT', prepareKeyValueMessage(name, value));
    }
    process.stdout.write(os.EOL);
    issueCommand('set-output', { name }, toCommandValue(value));
}
/**
 * Enables or disables the echoing of commands into stdout for the rest of the step.
 * Echoing is disabled by default if ACTIONS_STEP_DEBUG is not set.
 *
 */
function setCommandEcho(enabled) {
    issue('echo', enabled ? 'on' : 'off');
}
//-----------------------------------------------------------------------
// Results
//-----------------------------------------------------------------------
/**
 * Sets the action status to failed.
 * When the action exits it will be with an exit code of 1
 * @param message add error issue message
 */
function setFailed(message) {
    process.exitCode = ExitCode.Failure;
    error(message);
}
//-----------------------------------------------------------------------
// Logging Commands
//-----------------------------------------------------------------------
/**
 * Gets whether Actions Step Debug is on or not
 */
function isDebug() {
    return process.env['RUNNER_DEBUG'] === '1';
}
/**
 * Writes debug message to user log
 * @param message debug message
 */
function debug(message) {
    command_issueCommand('debug', {}, message);
}
/**
 * Adds an error issue
 * @param message error issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function error(message, properties = {}) {
    command_issueCommand('error', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a warning issue
 * @param message warning issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function warning(message, properties = {}) {
    command_issueCommand('warning', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a notice issue
 * @param message notice issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function notice(message, properties = {}) {
    command_issueCommand('notice', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Writes info to log with console.log.
 * @param message info message
 */
function info(message) {
    process.stdout.write(message + external_os_.EOL);
}
/**
 * Begin an output group.
 *
 * Output until the next `groupEnd` will be foldable in this group
 *
 * @param name The name of the output group
 */
function startGroup(name) {
    command_issue('group', name);
}
/**
 * End an output group.
 */
function endGroup() {
    command_issue('endgroup');
}
/**
 * Wrap an asynchronous function call in a group.
 *
 * Returns the same type as the function itself.
 *
 * @param name The name of the group
 * @param fn The function to wrap in the group
 */
function group(name, fn) {
    return __awaiter(this, void 0, void 0, function* () {
        startGroup(name);
        let result;
        try {
            result = yield fn();
        }
        finally {
            endGroup();
        }
        return result;
    });
}
//-----------------------------------------------------------------------
// Wrapper action state
//-----------------------------------------------------------------------
/**
 * Saves state for current action, the state can only be retrieved by this action's post job execution.
 *
 * @param     name     name of the state to store
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function saveState(name, value) {
    const filePath = process.env['GITHUB_STATE'] || '';
    if (filePath) {
        return issueFileCommand('STATE', prepareKeyValueMessage(name, value));
    }
    issueCommand('save-state', { name }, toCommandValue(value));
}
/**
 * Gets the value of an state set by this action's main execution.
 *
 * @param     name     name of the state to get
 * @returns   string
 */
function getState(name) {
    return process.env[`STATE_${name}`] || '';
}
function getIDToken(aud) {
    return __awaiter(this, void 0, void 0, function* () {
        return yield OidcClient.getIDToken(aud);
    });
}
/**
 * Summary exports
 */

/**
 * @deprecated use core.summary
 */

/**
 * Path exports
 */

/**
 * Platform utilities exports
 */

//# sourceMappingURL=core.js.map

/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId].call(module.exports, module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(4128);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
